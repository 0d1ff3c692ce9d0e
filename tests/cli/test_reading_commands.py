"""The commands `read` and `check`: what they ask of their arguments, and what they say of one sentence."""

import pytest
from typer.testing import CliRunner

from analysis import cli
from analysis.reports.readings import reading_run, shown_notebooks

runner = CliRunner()
RIGHT = "En phase 2, la France compte 183 territoires labellisés."
WRONG = "En phase 2, le Grand Est compte 19 territoires labellisés."


@pytest.fixture(autouse=True)
def in_project(root, monkeypatch):
    monkeypatch.chdir(root)


@pytest.fixture
def asked(monkeypatch):
    """What a run is asked, in place of reading anything."""
    calls = []

    class Run(reading_run.Run):
        def keep(self, documents):
            calls.append((self, documents))

        def figures(self, documents):
            calls.append((self, documents))
            yield '{"doc": "a"}\n'

    monkeypatch.setattr(reading_run, "Run", Run)
    return calls


def test_read_passes_on_what_is_given(asked):
    said = ["--published", "2024-03", "--producer", "P", "--title", "T", "--source", "s-2024", "--workers", "1"]
    outcome = runner.invoke(cli.app, ["read", "a.pdf", *said, "--scheduler", "tcp://x:1", "--no-notebook"])
    assert outcome.exit_code == 0
    ((run, documents),) = asked
    assert documents == ["a.pdf"]
    assert (run.given.published, run.given.producer, run.given.title) == ("2024-03", "P", "T")
    assert (run.source, run.scheduler, run.workers) == ("s-2024", "tcp://x:1", 1)
    assert list(run.show({"a": "A"}, run.root)) == []


def test_read_shows_what_it_reads_unless_it_is_told_not_to(asked, monkeypatch):
    begun = []
    monkeypatch.setattr(shown_notebooks, "ready", lambda: begun.append(1))
    for more in ([], ["--no-notebook"], ["--jsonl"]):
        runner.invoke(cli.app, ["read", "a.pdf", *more])
    assert [run.show is shown_notebooks.show for run, _ in asked] == [True, False, False]
    assert begun == [1]


def test_read_prints_the_lines_and_nothing_else(asked):
    outcome = runner.invoke(cli.app, ["read", "a.pdf", "--jsonl"])
    assert (outcome.exit_code, outcome.stdout) == (0, '{"doc": "a"}\n')


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["read"], "Missing argument"),
        (["read", "a", "b", "--source", "x"], "--source and --title are those of one document"),
        (["read", "a", "b", "--title", "x"], "--source and --title are those of one document"),
        (["read", "a", "--published", "mars 2024"], "--published is a date: YYYY-MM-DD, YYYY-MM or YYYY"),
        (["read", "a", "--published", "2024-13"], "--published is a date"),
        (["read", "a", "--published", "2024-3-1"], "--published is a date"),
        (["read", "a", "--language", "de"], "--language is one of fr, en"),
        (["check", RIGHT, "--published", "hier"], "--published is a date"),
        (["check", RIGHT, "--language", "xx"], "--language is one of fr, en"),
    ],
)
def test_arguments_that_cannot_be_meant_are_refused(asked, arguments, told):
    outcome = runner.invoke(cli.app, arguments)
    assert outcome.exit_code == 2
    assert told in " ".join(outcome.output.replace("│", " ").split())
    assert asked == []


def test_check_says_what_a_figure_counts_and_what_the_lists_say_of_it():
    outcome = runner.invoke(cli.app, ["check", WRONG, "--published", "2024-03-14"])
    assert outcome.exit_code == 0
    assert outcome.stdout.splitlines() == [
        "19 territoires  ✗ contredit",
        "  Territoires labellisés, Grand Est, phase\u00a02, 14 mars 2024 : 19",
        "  Territoires de la liste officielle de la phase\u00a02 à cette date (Grand Est)\u00a0: 21 (9 novembre 2023 "
        "et septembre 2024), et non 19. Chiffres publiés autour\u00a0: aucun.",
    ]


def test_check_answers_in_english():
    outcome = runner.invoke(cli.app, ["check", WRONG, "--published", "2024-03-14", "--language", "en"])
    assert outcome.exit_code == 0
    assert "✗ contradicted" in outcome.stdout
    assert "Labelled territories, Grand Est, phase\u00a02, 14 March 2024: 19" in outcome.stdout
    assert "[fr:" not in outcome.stdout


def test_check_tells_several_figures_in_their_order():
    outcome = runner.invoke(
        cli.app, ["check", f"{RIGHT} {WRONG} Un atelier occupe 38 salariés.", "--published", "2024"]
    )
    figures = [line for line in outcome.stdout.splitlines() if not line.startswith(" ")]
    assert figures == ["183 territoires  ✓ confirmé", "19 territoires  ✗ contredit", "38 salariés  · sans concept"]


@pytest.mark.parametrize("phrase", ["Rien de chiffré ici.", "Le 14 mars 2024.", "[bold]x[/bold] & <b>"])
def test_a_phrase_without_a_figure_is_told_so(phrase):
    outcome = runner.invoke(cli.app, ["check", phrase])
    assert (outcome.exit_code, outcome.stdout) == (0, "Aucun chiffre dans cette phrase.\n")


def test_an_empty_phrase_is_an_error_that_says_so(capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["analysis", "check", " "])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    assert "phrase: the document is empty." in capsys.readouterr().err


def test_tables_that_are_not_built_are_told_with_the_command_that_builds_them(project, monkeypatch, capsys):
    monkeypatch.chdir(project)
    monkeypatch.setattr("sys.argv", ["analysis", "read", "notebooks/90_document.txt"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    told = capsys.readouterr().err
    assert "data/processed/core_communes.parquet: the table is not built yet. Run `make` to build it." in told
    assert not (project / "outputs/readings").exists()
