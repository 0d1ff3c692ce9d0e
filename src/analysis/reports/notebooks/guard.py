"""A process that may write only where it is told: elsewhere refused by Linux (Landlock), or else by Python.

Reading stays free. Nothing here can be undone: use it in a process that ends with its notebook.
"""

import ctypes
import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

# Linux's numbers (the same on every architecture) and rights, from <linux/landlock.h>.
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
RULESET_VERSION, PATH_BENEATH = 1, 1
NO_NEW_PRIVS = 38
WRITE_FILE, TRUNCATE, REFER = 1 << 1, 1 << 14, 1 << 13
CHANGE_FOLDER = sum(1 << bit for bit in range(4, 13))  # remove and make folders, files, links, devices
SINCE_VERSION = {WRITE_FILE | CHANGE_FOLDER: 1, REFER: 2, TRUNCATE: 3}
OPEN_FOR_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = {"os.remove": 1, "os.rename": 2, "os.mkdir": 1, "os.rmdir": 1, "os.link": 2, "os.symlink": 2,
           "os.truncate": 1, "os.chmod": 1}  # fmt: skip  # audit events, and how many of their arguments are paths
REFUSED = "a notebook may write only to its own outputs folder"


def writes_only(folders: Sequence[Path]) -> bool:
    """Let this process and its children write below `folders` and nowhere else; whether the system enforces it.

    Without the system's help Python's own calls are refused, those of compiled libraries and of children are not.
    """
    allowed = [folder.resolve() for folder in folders]
    enforced = platform.system() == "Linux" and _restrict(allowed)
    if not enforced:  # slower, since Python asks at every event, and weaker
        refuse_in_python(allowed)
    return enforced


class _PathRule(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def _restrict(allowed: Sequence[Path]) -> bool:
    call = ctypes.CDLL(None, use_errno=True).syscall
    version = call(CREATE_RULESET, None, ctypes.c_size_t(0), RULESET_VERSION)
    if version < 1:
        return False
    rights = sum(bits for bits, since in SINCE_VERSION.items() if version >= since)
    handled = ctypes.c_uint64(rights)
    ruleset = call(CREATE_RULESET, ctypes.byref(handled), ctypes.c_size_t(8), 0)
    if ruleset < 0:
        return False
    for folder in allowed:
        _allow(call, ruleset, folder, rights)
    ctypes.CDLL(None).prctl(NO_NEW_PRIVS, 1, 0, 0, 0)
    done = call(RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)
    return bool(done == 0)


def _allow(call: Any, ruleset: int, folder: Path, rights: int) -> None:
    opened = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    rule = _PathRule(rights, opened)
    call(ADD_RULE, ruleset, PATH_BENEATH, ctypes.byref(rule), 0)
    os.close(opened)


def refuse_in_python(allowed: Sequence[Path]) -> None:
    """Refuse what Python itself would write elsewhere."""
    roots = [f"{folder}{os.sep}" for folder in allowed]

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if not isinstance(flags, int) or not flags & OPEN_FOR_WRITING:
                return
            changed = (path,)
        elif event in CHANGES:
            changed = arguments[: CHANGES[event]]
        else:
            return
        for path in changed:
            if isinstance(path, str | bytes | os.PathLike):
                whole = os.path.realpath(os.path.dirname(os.fsdecode(path)) or ".") + os.sep  # noqa: PTH120
                if not whole.startswith(tuple(roots)):
                    raise PermissionError(f"{REFUSED}: {os.fsdecode(path)}")

    sys.addaudithook(refuse)
