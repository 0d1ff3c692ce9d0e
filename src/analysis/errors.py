"""Every exception of the package: what is wrong, where, and the command that repairs it."""

from pathlib import Path


class AtlasError(Exception):
    """An error a person can act on: `what` went wrong, `where`, and how to `repair` it."""

    def __init__(self, what: str, *, where: str | Path = "", repair: str = "") -> None:
        self.what, self.where, self.repair = what, str(where), repair
        place = f"{self.where}: " if self.where else ""
        super().__init__(f"{place}{what}" + (f" {repair}" if repair else ""))

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in a notebook: the message alone; the way through this package helps nobody there."""
        return [f"{type(self).__name__}: {self}"]

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by the three parts, so that the error crosses from a worker process unharmed."""
        return _rebuild, (type(self), self.what, self.where, self.repair)


def _rebuild(kind: type["AtlasError"], what: str, where: str, repair: str) -> "AtlasError":
    return kind(what, where=where, repair=repair)


class MissingFileError(AtlasError):
    """A file that the project ships or builds is not there."""


class ProjectError(AtlasError):
    """A command that works on the project was given in another folder."""


class PathError(AtlasError):
    """Data name a file that would stand outside its folder, or that some system cannot hold."""


class ArchiveError(AtlasError):
    """An archive is broken, or holds more than its bounds allow."""


class InvalidTableError(AtlasError):
    """A table breaks its schema: a wrong type, an empty cell, a value outside its range, a doubled key."""


class UnknownTableError(AtlasError):
    """No table bears the name that was asked for."""


class UnknownCodeError(AtlasError):
    """A code stands in one table and is absent from the one that defines it."""


class CorrectionError(AtlasError):
    """A correction does not match exactly one row, or the row no longer holds the value it corrects."""


class SourceError(AtlasError):
    """A source or a reading note is incomplete, unknown or contradicts itself."""


class ClaimError(AtlasError):
    """A figure of a note cannot become a claim: no unit, no concept, or several at once."""


class LedgerError(AtlasError):
    """A check is written wrongly, or fails on a published figure that it should judge."""


class GeometryError(AtlasError):
    """Boundaries are missing, corrupt or not a coverage."""


class ParameterError(AtlasError):
    """A notebook's parameter is unknown, of the wrong type or names something that does not exist."""


class NotebookError(AtlasError):
    """A notebook failed while it ran, or breaks the rules for notebooks."""


class FigureError(AtlasError):
    """A figure lacks what every figure needs: title, source, alternative text or data."""


class LicenceError(AtlasError):
    """A package's licence is unclear, or is not one that the project may be used with."""


class SiteError(AtlasError):
    """The site cannot be built, or what was built breaks its promises."""


class DocumentError(AtlasError):
    """A document cannot be read as a text: absent, empty, binary, or of an unknown encoding."""


class TranslationError(AtlasError):
    """A message has no translation, or the catalogue cannot be read."""


class ChangeError(AtlasError):
    """Two versions cannot be compared: one is unknown, not built, or does not build."""


class UpdateError(AtlasError):
    """New raw data cannot be taken as they are, or an update was interrupted; `what` holds every reason."""


class DependencyError(AtlasError):
    """A stage reads or runs what dvc.yaml does not name among its dependencies: its results could become stale."""
