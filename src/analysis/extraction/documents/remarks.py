"""What has to be told of a document that was read all the same: codes, and what the command line says (pure)."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

# The words of pages are in `reports.readings.remark_words`: what reads documents is kept small.
TOLD: Final[Mapping[str, str]] = {
    "encoding": "read as {}, not as UTF-8.",
    "tags_left_out": "HTML tags were left out.",
    "letters_put_right": "letters that were decoded wrongly ({}) were put right.",
    "bytes_of_no_letter": "some of its bytes are of no letter and stand as \ufffd.",
    "letters_unknown": "{} letters have no meaning in its fonts and stand as \ufffd.",
    "day_of_file": "its day ({}) is that of the file: the text states none.",
    "pages_damaged": "pages that are damaged and were not read: {}.",
    "pages_without_text": "pages without text, perhaps scanned: {}. Have their letters recognised first.",
    "pages_beyond": "only its first {} pages of {} were read: split it to read the others.",
    "number_too_long": "numbers of more than 15 digits, not read: {}.",
    "form": "it is a form: what is entered in its fields was not read.",
    "files_inside": "it carries {} files, which were not read: save them and give them by name.",
    **{
        f"language_{code}": f"it seems to be in {name}: its figures are read as French ones."
        for code, name in (
            ("en", "English"), ("de", "German"), ("es", "Spanish"), ("it", "Italian"), ("nl", "Dutch"),
            ("pt", "Portuguese"),
        )
    },
}  # fmt: skip


class Remark(NamedTuple):
    """A code of `TOLD` and what fills its words; as text, what the command line says."""

    code: str
    given: tuple[str, ...] = ()

    def __str__(self) -> str:
        return TOLD[self.code].format(*self.given)


def kept(read: Iterable[tuple[str, list[str]]]) -> tuple[Remark, ...]:
    """Remarks as they were before they were written as JSON."""
    return tuple(Remark(code, tuple(given)) for code, given in read)
