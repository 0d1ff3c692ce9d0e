"""Documents are read in the process of the tests, where coverage sees it; `test_hostile_documents` has the worker's."""

import pytest

from analysis.errors import DocumentError
from analysis.extraction.documents import opening
from analysis.extraction.documents.document import Limits
from analysis.extraction.documents.worker_process import answered


@pytest.fixture(autouse=True)
def in_this_process(request, monkeypatch):
    """No worker, except in the module whose documents are made to break one."""
    if request.module.__name__ != "test_hostile_documents":
        monkeypatch.setattr(opening, "asked", _asked)


def _asked(wanted: str, data: bytes, name: str, limits: Limits, **more: object) -> bytes:
    try:
        return answered({"wanted": wanted, **more}, data, name, limits)
    except DocumentError as error:
        repair = error.repair.format(name=name.rpartition("/")[2])
        raise DocumentError(error.what, where=name, repair=repair) from error
