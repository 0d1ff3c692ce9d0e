"""Documents read in a process of its own, which is ended when it takes too long and begun again when it dies."""

import atexit
import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict
from typing import Any

from analysis.errors import DocumentError
from analysis.extraction.documents.document import Limits

_PROGRAM = [sys.executable, "-I", "-m", "analysis.extraction.documents.worker_process"]


class Worker:
    """A process that reads one document after the other."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.process = subprocess.Popen(
            _PROGRAM, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    def ask(self, request: dict[str, Any], data: bytes, seconds: float) -> tuple[Any, bytes]:
        """Head and body of the answer; EOFError when the process died, TimeoutError when it was ended."""
        ended = threading.Event()

        def end() -> None:
            ended.set()
            self.process.kill()

        timer = threading.Timer(seconds, end)
        timer.start()
        try:
            return self._answer(request, data)
        except (EOFError, OSError, ValueError) as error:
            raise (TimeoutError if ended.is_set() else EOFError) from error
        finally:
            timer.cancel()

    def _answer(self, request: dict[str, Any], data: bytes) -> tuple[Any, bytes]:
        to, back = self.process.stdin, self.process.stdout
        assert to is not None
        assert back is not None
        to.write(json.dumps(request | {"length": len(data)}).encode() + b"\n" + data)
        to.flush()
        head = json.loads(back.readline() or b"")
        body = back.read(head["length"])
        if len(body) < head["length"]:
            raise EOFError
        return head, body

    def close(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.communicate()


_worker: Worker | None = None
_one_at_a_time = threading.Lock()


def asked(wanted: str, data: bytes, name: str, limits: Limits, **request: Any) -> bytes:
    """What the worker answers of a document; DocumentError where it refuses it, dies of it or takes too long."""
    global _worker  # noqa: PLW0603 - one a process
    whole = {"wanted": wanted, "name": name, "limits": asdict(limits), **request}
    with _one_at_a_time:
        if _worker is None or _worker.owner != os.getpid() or _worker.process.poll() is not None:
            _worker = Worker()
        spent = True
        try:
            head, body = _worker.ask(whole, data, limits.seconds)
            spent = head.get("spent", False)
        except TimeoutError as error:
            what = f"it takes more than {limits.seconds:g} seconds to read."
            raise DocumentError(what, where=name, repair="Split it, or save it again from another program.") from error
        except EOFError as error:
            what = "it is damaged, or asks for more memory than any document needs."
            raise DocumentError(
                what, where=name, repair="Save it again from another program, or leave it out."
            ) from error
        finally:
            if spent:
                close()
    if "refused" in head:
        what, repair = head["refused"]
        raise DocumentError(what, where=name, repair=repair.format(name=name.rpartition("/")[2]))
    return body


def close() -> None:
    """End the worker of this process; the next document begins another."""
    global _worker  # noqa: PLW0603
    if _worker is not None and _worker.owner == os.getpid():
        _worker.close()
    _worker = None


atexit.register(close)
