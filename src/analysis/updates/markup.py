"""XML of a file that nobody vouches for, read as a stream: no document type, no entity, bounded size (pure)."""

from collections.abc import Callable, Mapping
from xml.parsers import expat

from analysis.errors import UpdateError

Start = Callable[[str, Mapping[str, str]], None]
REPAIR = "Save it again from a spreadsheet program, or as CSV in UTF-8."


def parse(content: bytes, name: str, start: Start, end: Callable[[str], None], text: Callable[[str], None]) -> None:
    """Call `start(tag, attributes)`, `text(characters)` and `end(tag)`; names are without their namespace.

    UpdateError for what is not XML, and for a document type declaration: entities are defined nowhere else.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise UpdateError("its XML declares a document type or an entity.", where=name, repair=REPAIR)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda tag, attributes: start(
        _local(tag), {_local(key): value for key, value in attributes.items()}
    )
    parser.EndElementHandler = lambda tag: end(_local(tag))
    parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # the last two for an encoding it does not know
        raise UpdateError(f"not readable XML ({error}).", where=name, repair=REPAIR) from error


def _local(tag: str) -> str:
    return tag.rpartition(" ")[2]
