"""Cells run by a shell in this very process: papermill's client with a kernel that needs no process of its own.

It is IPython's kernel shell with the kernel's own display code, so outputs are those of a normal kernel. It leaves its
state behind: use it only in a process forked for one notebook.
"""

import builtins
import io
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from typing import Any

from ipykernel.compiler import XCachingCompiler
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError
from jupyter_client.session import Session
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine
from traitlets.config import Config

Message = dict[str, Any]
STREAMS = ("stdout", "stderr")  # in the order in which a kernel flushes them
NO_INPUT = "raw_input was called, but this frontend does not support input requests."


class Recorder(Session):
    """A session that hands its messages over instead of sending them; contents pass through JSON as on the wire."""

    sink: Callable[[Message], None]

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, *_: Any, **__: Any) -> Any:
        """Hand over one message."""
        whole = msg_or_type if isinstance(msg_or_type, dict) else self.msg(msg_or_type, content=content)
        kind = whole["header"]["msg_type"]
        content = self.unpack(self.pack(whole["content"]))
        self.sink({"msg_type": kind, "header": {"msg_type": kind}, "metadata": {}, "content": content})
        return whole


class Stream(io.TextIOBase):
    """Standard output or error of the cells: kept until flushed, then one message."""

    encoding = "UTF-8"

    def __init__(self, name: str, session: Recorder) -> None:
        self.name, self.session, self.parts = name, session, [""]

    def write(self, text: str) -> int:
        """Keep some text."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self.parts.append(text)
        return len(text)

    def flush(self) -> None:
        """Send what was kept."""
        text, self.parts = "".join(self.parts), [""]
        if text:
            self.session.send(None, "stream", {"name": self.name, "text": text})

    def writable(self) -> bool:
        """Yes."""
        return True


class Descriptors:
    """What programs and C libraries write to file descriptors 1 and 2 behind Python's back."""

    def __init__(self) -> None:
        self.files = [tempfile.TemporaryFile() for _ in STREAMS]  # noqa: SIM115 - open as long as the process
        for number, file in enumerate(self.files, start=1):
            os.dup2(file.fileno(), number)

    def forward(self, streams: dict[str, Stream]) -> None:
        """Give it to the cells' streams, and forget it."""
        for number, (name, file) in enumerate(zip(STREAMS, self.files, strict=True), start=1):
            size = os.fstat(number).st_size
            if size:
                streams[name].write(os.pread(file.fileno(), size, 0).decode(errors="replace"))
                os.lseek(number, 0, os.SEEK_SET)
                os.ftruncate(number, 0)


class Channel:
    """One channel of the client: messages that wait to be read."""

    def __init__(self) -> None:
        self.queue: SimpleQueue[Message] = SimpleQueue()

    async def get_msg(self, timeout: float | None = None) -> Message:
        """The next message; there always is one when the client asks."""
        return self.queue.get(timeout=timeout)


class LocalClient:
    """What nbclient asks of a kernel's client, answered by a shell in this process."""

    def __init__(self) -> None:
        self.session = Recorder()
        self.session.sink = self._publish
        self.shell_channel, self.iopub_channel = Channel(), Channel()
        self.descriptors = Descriptors()
        self.shell: Any = self._open_shell()
        self.streams = {name: Stream(name, self.session) for name in STREAMS}
        sys.stdout, sys.stderr = self.streams["stdout"], self.streams["stderr"]
        builtins.input = _no_input
        self.number = 0

    def _open_shell(self) -> ZMQInteractiveShell:
        silent = Config(HistoryManager={"enabled": False})  # no database: the process ends with its notebook
        shell = ZMQInteractiveShell.instance(compiler_class=XCachingCompiler, config=silent)
        hook: Any = shell.displayhook
        publisher: Any = shell.display_pub
        hook.session = publisher.session = self.session
        hook.topic = b"execute_result"
        return shell

    def _publish(self, message: Message) -> None:
        self.iopub_channel.queue.put(message | {"parent_header": {"msg_id": str(self.number)}})

    async def execute(self, code: str, store_history: bool = True, **_: Any) -> str:
        """Run a cell, as the kernel does on an execute_request; the messages wait in the channels."""
        self.number += 1
        self.session.send(None, "execute_input", {"code": code, "execution_count": self.shell.execution_count})
        result = await self._run(code, store_history)
        for stream in self.streams.values():
            stream.flush()
        self.descriptors.forward(self.streams)
        for stream in self.streams.values():
            stream.flush()
        self._reply(self._outcome(result))
        self.session.send(None, "status", {"execution_state": "idle"})
        return str(self.number)

    async def _run(self, code: str, store_history: bool) -> Any:
        transformed, problem = code, None
        try:
            transformed = self.shell.transform_cell(code)
        except Exception:  # the shell shows it when it runs the cell
            problem = sys.exc_info()
        named = {"transformed_cell": transformed, "preprocessing_exc_tuple": problem}
        if not self.shell.should_run_async(code, **named):
            return self.shell.run_cell(code, store_history=store_history, silent=False)
        try:
            result = await self.shell.run_cell_async(code, store_history=store_history, silent=False, **named)
        finally:
            self.shell.events.trigger("post_execute")
        self.shell.events.trigger("post_run_cell", result)
        return result

    def _outcome(self, result: Any) -> Message:
        outcome: Message = {"execution_count": self.shell.execution_count - 1}
        if result.success and not self.shell._last_traceback_during_displayhook:
            return outcome | {"status": "ok", "payload": []}
        error = result.error_before_exec or result.error_in_exec
        shown = {"ename": type(error).__name__, "evalue": str(error), "traceback": self.shell._last_traceback or []}
        return outcome | {"status": "error"} | shown

    def _reply(self, content: Message) -> None:
        parent = {"msg_id": str(self.number)}
        self.shell_channel.queue.put({"msg_type": "execute_reply", "content": content, "parent_header": parent})

    def kernel_info(self) -> str:
        """Ask for the language."""
        self.number += 1
        self._reply({"language_info": {"name": "python"}})
        return str(self.number)


def _no_input(prompt: object = "") -> str:
    raise StdinNotImplementedError(NO_INPUT)


class WarmClient(PapermillNotebookClient):  # type: ignore[misc]
    """Papermill's client, with the shell of this process as its kernel."""

    @contextmanager
    def setup_kernel(self, **_: Any) -> Iterator[None]:
        """Open the shell."""
        self.kc = LocalClient()
        yield


class WarmEngine(Engine):  # type: ignore[misc]
    """Papermill's engine for a process that was forked for this one notebook."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **settings: Any) -> None:
        """Run every cell in this process."""
        kept = ("coalesce_streams", "record_timing")
        WarmClient(nb_man, timeout=None, **{name: settings[name] for name in kept if name in settings}).execute()
