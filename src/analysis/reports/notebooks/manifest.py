"""What each report was made from and what it left, by content: a report whose inputs are the same is not made again."""

import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from pydantic import TypeAdapter

from analysis.io import store
from analysis.io.digests import file_digest
from analysis.io.paths import EXECUTED, OUTPUTS, OWN
from analysis.reports.notebooks.heard import Heard
from analysis.reports.notebooks.inputs import inputs_of
from analysis.reports.notebooks.templates import Job

WHERE = EXECUTED / "manifest.json"
JOURNAL = OWN / "reports.jsonl"  # the reports of a run as they come, a line each; what a killed run left is taken up
VERSION = 2
BROKEN = (OSError, ValueError)  # of the file; of what pydantic refuses


@dataclass(frozen=True, slots=True)
class Entry:
    """One report: its inputs by name and its files by path below outputs/, each with a SHA-256.

    `files` and `messages` (by language) are what its execution asked for; no messages (None) are all of them.
    """

    inputs: Mapping[str, str]
    outputs: Mapping[str, str]
    files: tuple[str, ...] = ()
    messages: Mapping[str, tuple[str, ...]] | None = None

    @classmethod
    def of(cls, inputs: Mapping[str, str], outputs: Mapping[str, str], heard: Heard) -> "Entry":
        """An entry with what its execution asked for."""
        told = heard.messages
        messages = None if told is None else {name: tuple(sorted(ones)) for name, ones in sorted(told.items())}
        return cls(dict(sorted(inputs.items())), dict(sorted(outputs.items())), tuple(sorted(heard.files)), messages)

    @property
    def heard(self) -> Heard:
        """What its execution asked for, without the answers."""
        messages = self.messages
        told = None if messages is None else {name: dict.fromkeys(ones, "") for name, ones in messages.items()}
        return Heard(dict.fromkeys(self.files, ""), told)


@dataclass(frozen=True, slots=True)
class Kept:
    """A manifest's file."""

    version: int
    reports: dict[str, Entry]

    @property
    def usable(self) -> dict[str, Entry]:
        """Its entries; the outputs of another version can be compared, its inputs are other ones."""
        same = self.version == VERSION
        return self.reports if same else {stem: replace(one, inputs={}) for stem, one in self.reports.items()}


KEPT, LINE = TypeAdapter(Kept), TypeAdapter(tuple[str, Entry])


@dataclass(slots=True)
class Manifest:
    """The reports that outputs/ holds, by stem."""

    root: Path
    entries: dict[str, Entry] = field(default_factory=dict)

    @classmethod
    def load(cls, root: Path) -> "Manifest":
        """The manifest of the last run, and the journal of one that was killed.

        An absent or unreadable one holds nothing, so that everything is made.
        """
        found = cls(root)
        with suppress(*BROKEN):
            found.entries = KEPT.validate_json((root / WHERE).read_bytes()).usable
        with suppress(*BROKEN):  # up to a line that is cut short
            for line in (root / JOURNAL).read_bytes().splitlines():
                stem, one = LINE.validate_json(line)
                found.entries[stem] = one
        return found

    def note(self, stem: str, entry: Entry) -> None:
        """Take a report in, and append it to the journal."""
        self.entries[stem] = entry
        path = self.root / JOURNAL
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps([stem, asdict(entry)]) + "\n")

    def save(self) -> None:
        """Write it beside the executed notebooks; the journal is then of no use."""
        reports = {stem: asdict(one) for stem, one in sorted(self.entries.items())}
        text = json.dumps({"version": VERSION, "reports": reports}, indent=1, ensure_ascii=False)
        with store.batch() as files:
            files.add_text(self.root / WHERE, text + "\n")
        (self.root / JOURNAL).unlink(missing_ok=True)

    def inputs_of(self, jobs: Iterable[Job]) -> dict[str, dict[str, str]]:
        """The inputs of jobs as they are now; of those that were executed, only what they asked for."""
        return inputs_of(jobs, self.root, {stem: one.heard for stem, one in self.entries.items()})

    def stale(self, inputs: Mapping[str, Mapping[str, str]]) -> list[str]:
        """Stems whose inputs have changed, or whose files are no longer as they were left."""
        known = {stem: self.entries.get(stem) for stem in inputs}
        same = [(stem, entry) for stem, entry in known.items() if entry and entry.inputs == inputs[stem]]
        with ThreadPoolExecutor() as pool:
            whole = {stem for (stem, _), intact in zip(same, pool.map(self._intact, same), strict=True) if intact}
        return [stem for stem in inputs if stem not in whole]

    def _intact(self, known: tuple[str, Entry]) -> bool:
        try:
            outputs = known[1].outputs.items()
            return all(file_digest(self.root / OUTPUTS / path) == digest for path, digest in outputs)
        except OSError:
            return False

    def owner(self, path: str) -> str | None:
        """The report that a file below outputs/ belongs to."""
        return next((stem for stem, one in self.entries.items() if path in one.outputs), None)
