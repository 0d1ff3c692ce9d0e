"""How well and how fast figures are read, side by side with other libraries where they are installed.

Quality is measured on the labelled sentences of tests/golden/ (all invented), each half by itself: the grammar
was worked on with the half "tune" only. A figure counts as read when it lies where the label says and has the
label's interval; spans are compared exactly. Speed is processor time on one core, best of several rounds, on the
invented articles repeated, on the labelled sentences, which are all figures ("dense"), and on
data/raw/documents/ when there are any. The last line is one JSON object.

    python bench/extraction.py
"""

import importlib
import json
import platform
import resource
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.extraction.numerals import iter_read

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = sorted((ROOT / "tests" / "golden").glob("numerals*.jsonl"))
DOCUMENTS = ROOT / "data" / "raw" / "documents"
DATES = {"date", "year", "period"}
ROUNDS = 3
BYTES_TIMED = 1_000_000

Value = float | int | None


@dataclass(frozen=True)
class Figure:
    """One figure, labelled or read; `start` is -1 when a library does not say where it stands."""

    start: int
    end: int
    kind: str
    low: Value
    high: Value

    @property
    def family(self) -> str:
        """Numbers or dates."""
        return "dates" if self.kind in DATES else "numbers"


Reader = Callable[[str], list[Figure]]


# --- readers -------------------------------------------------------------------------------------------------
def ours(text: str) -> list[Figure]:
    """The project's own extraction."""
    return [Figure(q.start, q.end, q.kind, q.value_low, q.value_high) for q in iter_read(text)]


def text2num() -> Reader:
    """text2num: words become digits, without places, units or dates."""
    library = importlib.import_module("text_to_num")
    numbers = importlib.import_module("re").compile(r"[0-9]+(?:[.,][0-9]+)?")

    def read(text: str) -> list[Figure]:
        digits = library.alpha2digit(text, "fr")
        values = (float(found.replace(",", ".")) for found in numbers.findall(digits))
        return [Figure(-1, -1, "count", value, value) for value in values]

    return read


def recognizers() -> Reader:
    """Microsoft recognizers-text in French: numbers, ranks, percent, money, dimensions, dates."""
    library = importlib.import_module("recognizers_suite")
    french = library.Culture.French
    models = (("datetime", "date"), ("currency", "money"), ("percentage", "percent"), ("dimension", "count"),
              ("age", "period"), ("ordinal", "ordinal"), ("number", "count"))  # fmt: skip

    def read(text: str) -> list[Figure]:
        found: list[Figure] = []
        for model, kind in models:
            for match in getattr(library, f"recognize_{model}")(text, french):
                figure = _recognized(match, kind)
                if figure and not any(figure.start < f.end and f.start < figure.end for f in found):
                    found.append(figure)
        return found

    return read


def _recognized(match: Any, kind: str) -> Figure | None:
    resolution = match.resolution or {}
    if kind == "date":
        first = (resolution.get("values") or [{}])[0]
        days = [_day(first.get(key, "")) for key in ("value", "start", "end")]
        timex = first.get("timex", "")
        if len(timex) == 4 and timex.isdigit():
            return Figure(match.start, match.end + 1, "year", int(timex), int(timex))
        low, high = days[0] or days[1], days[0] or days[2]
        if low is None or first.get("type") not in {"date", "daterange"}:
            return None
        return Figure(match.start, match.end + 1, "date", _short(low, timex), _short(high, timex))
    try:
        value = float(str(resolution.get("value", "")).rstrip("%"))
    except ValueError:
        return None
    return Figure(match.start, match.end + 1, kind, value, value)


def _day(text: str) -> int | None:
    digits = text.replace("-", "")
    return int(digits) if len(digits) == 8 and digits.isdigit() else None


def _short(day: int | None, timex: str) -> int | None:
    """A day without its year where the text wrote none."""
    return day % 10000 if day is not None and "XXXX" in timex else day


def quantulum() -> Reader:
    """quantulum3: numbers and units, made for English."""
    warnings.simplefilter("ignore")
    parser = importlib.import_module("quantulum3.parser")
    kinds = {"percentage": "percent", "euro": "money", "year": "period"}

    def read(text: str) -> list[Figure]:
        quantities = parser.parse(text)
        return [Figure(q.span[0], q.span[1], kinds.get(q.unit.name, "count"), q.value, q.value) for q in quantities]

    return read


LIBRARIES: dict[str, Callable[[], Reader]] = {
    "text2num": text2num,
    "recognizers-text-suite": recognizers,
    "quantulum3": quantulum,
}
# What gives values, units and dates, and so can be compared for speed.
COMPLETE = {"recognizers-text-suite"}


# --- scores --------------------------------------------------------------------------------------------------
def labelled(half: str) -> list[tuple[str, list[Figure]]]:
    """The sentences of one half with their figures."""
    rows = [json.loads(line) for path in GOLDEN for line in path.read_text("utf-8").splitlines()]
    return [(row["text"], [_label(label) for label in row["figures"]]) for row in rows if row.get("half") == half]


def _label(label: dict[str, Any]) -> Figure:
    end = label["start"] + len(label["text"])
    return Figure(label["start"], end, label["kind"], label["value_low"], label["value_high"])


def same_value(one: Figure, other: Figure) -> bool:
    """Whether two intervals are equal, to a millionth."""
    pairs = ((one.low, other.low), (one.high, other.high))
    return all(a is b or (a is not None and b is not None and abs(a - b) <= 1e-6 * abs(a)) for a, b in pairs)


def _same_place(one: Figure, other: Figure) -> bool:
    return one.start < 0 or other.start < 0 or (one.start < other.end and other.start < one.end)


class Score:
    """Counts of figures labelled, read and right, by group."""

    def __init__(self) -> None:
        self.counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])

    def add(self, labels: list[Figure], read: list[Figure]) -> None:
        """Compare the figures of one sentence, each used once."""
        left = list(read)
        for label in labels:
            match = next((f for f in left if same_value(label, f) and _same_place(label, f)), None)
            for group in (label.family, label.kind, "values"):
                self.counts[group][0] += 1
                if match is not None:
                    self.counts[group][1] += 1
                    self.counts[group][2] += 1
            if match is not None:
                left.remove(match)
        for figure in left:
            for group in (figure.family, figure.kind, "values"):
                self.counts[group][1] += 1
        places = {(f.start, f.end) for f in labels}, {(f.start, f.end) for f in read}
        for n, size in enumerate((len(places[0]), len(places[1]), len(places[0] & places[1]))):
            self.counts["spans"][n] += size

    def rates(self) -> dict[str, dict[str, float]]:
        """Precision, recall and F1 of each group."""
        return {group: _rates(*counts) for group, counts in sorted(self.counts.items())}


def _rates(wanted: int, read: int, right: int) -> dict[str, float]:
    precision, recall = right / max(read, 1), right / max(wanted, 1)
    f1 = 2 * right / max(read + wanted, 1)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4), "labelled": wanted}


# --- speed and memory ----------------------------------------------------------------------------------------
def megabytes_a_second(reader: Reader, texts: Iterable[str], rounds: int = ROUNDS) -> float:
    """Processor time on one core, best of several rounds."""
    texts = list(texts)
    size = sum(len(text.encode()) for text in texts) / 1e6
    best = float("inf")
    for _ in range(rounds):
        begun = time.process_time()
        for text in texts:
            reader(text)
        best = min(best, time.process_time() - begun)
    return float(f"{size / max(best, 1e-9):.3g}")


def repeated(text: str, size: int = BYTES_TIMED) -> str:
    """A text again and again, to a size that can be timed."""
    return text * max(1, size // max(len(text.encode()), 1))


def memory_growth(text: str, times: int = 4) -> float:
    """Megabytes by which the process grew over several documents read as a stream."""
    for _ in iter_read(text):
        pass
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(times):
        for _ in iter_read(text):
            pass
    return round((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024, 1)


def prose() -> str:
    """Invented articles in such parts that a figure comes every 180 characters, as in the regional press."""
    rows = [json.loads(line) for path in GOLDEN for line in path.read_text("utf-8").splitlines()]
    texts = {row["id"]: row["text"] for row in rows if row.get("topic") == "article"}
    return "\n\n".join([texts["local-press"], *[texts["feature"]] * 10])


def measure(reader: Reader) -> dict[str, Any]:
    """Scores of one reader on both halves."""
    found: dict[str, Any] = {}
    for half in ("tune", "held"):
        score = Score()
        for text, labels in labelled(half):
            score.add(labels, reader(text))
        found[half] = score.rates()
    return found


def peers() -> dict[str, Any]:
    """The other libraries, measured when they can be imported."""
    found: dict[str, Any] = {}
    for name, make in LIBRARIES.items():
        try:
            reader = make()
        except ImportError:
            found[name] = "not installed"
            continue
        found[name] = measure(reader) | {"mb_per_s": megabytes_a_second(reader, [prose()], rounds=1)}
    return found


def documents() -> dict[str, Any]:
    """What is read from the analyst's own documents, when there are any."""
    texts = [path.read_text("utf-8", errors="replace") for path in sorted(DOCUMENTS.glob("*.txt"))]
    if not texts:
        return {"files": 0}
    kinds: dict[str, int] = defaultdict(int)
    for text in texts:
        for figure in ours(text):
            kinds[figure.kind] += 1
    return {
        "files": len(texts),
        "figures": dict(kinds),
        "mb_per_s": megabytes_a_second(ours, [repeated("\n".join(texts))]),
    }


def report(results: dict[str, Any]) -> None:
    """Print one line a reader and half, then our own by kind."""
    print(f"{'reader':24} {'half':5} {'spans':>7} {'numbers':>8} {'dates':>7} {'MB/s':>7}   (F1)")
    for name, result in results.items():
        if isinstance(result, str):
            print(f"{name:24} {result}")
            continue
        for half in ("tune", "held"):
            cells = [result[half].get(group, {}).get("f1", 0.0) for group in ("spans", "numbers", "dates")]
            print(f"{name:24} {half:5} {cells[0]:7.3f} {cells[1]:8.3f} {cells[2]:7.3f} {result['mb_per_s']:7.3g}")
    print()
    for half in ("tune", "held"):
        for group, rates in results["ours"][half].items():
            print(f"ours {half} {group:8} P {rates['precision']:.3f}  R {rates['recall']:.3f}  F1 {rates['f1']:.3f}"
                  f"  of {rates['labelled']}")  # fmt: skip


def main() -> None:
    """Measure, print, and end with one JSON object."""
    timed = repeated(prose())
    dense = repeated("\n".join(text for half in ("tune", "held") for text, _ in labelled(half)))
    own = measure(ours) | {"mb_per_s": megabytes_a_second(ours, [timed])}
    results: dict[str, Any] = {"ours": own} | peers()
    report(results)
    complete = [results[name]["mb_per_s"] for name in COMPLETE if isinstance(results[name], dict)]
    result = {
        "benchmark": "extraction",
        "python": platform.python_version(),
        "readers": results,
        "documents": documents(),
        "times_faster_than_complete_libraries": round(own["mb_per_s"] / max(complete), 1) if complete else None,
        "mb_per_s_dense": megabytes_a_second(ours, [dense], rounds=1),
        "memory_growth_mb": memory_growth(timed),
    }
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
