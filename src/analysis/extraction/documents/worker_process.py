"""A program of its own, run by `worker.py`: documents on standard input, what they say on standard output.

Documents come from strangers, and a small one can ask for any amount of memory or time: this process has a bound on
memory, its parent one on time. A request is a line of JSON and the bytes of a document; so is an answer.
"""

import json
import os
import resource
import sys
from dataclasses import asdict
from typing import Any

from analysis.errors import DocumentError
from analysis.extraction.documents.document import Limits

DAMAGED = "it is damaged, or asks for more than any document needs"
REPAIR = "Open it in the program that it was made with and save it again."


def main() -> None:
    """Answer one request after the other, until the parent has no more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while line := sys.stdin.buffer.readline():
        request = json.loads(line)
        data = sys.stdin.buffer.read(request["length"])
        head, body = answer(request, data)
        answers.write(json.dumps(head | {"length": len(body)}).encode() + b"\n" + body)
        answers.flush()


def answer(request: Any, data: bytes) -> tuple[dict[str, object], bytes]:
    """What is asked for, or {"refused": [what, repair]}."""
    name, limits = request["name"], Limits(**request["limits"])
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, resource.RLIM_INFINITY))
    try:
        return {}, answered(request, data, name, limits)
    except DocumentError as error:
        return {"refused": [error.what, error.repair]}, b""
    except MemoryError:
        return {
            "refused": [f"it needs more than {limits.memory_bytes >> 20} MB of memory.", REPAIR],
            "spent": True,
        }, b""
    except RecursionError:
        return {"refused": ["it is nested too deeply.", REPAIR]}, b""
    except Exception as error:
        return {"refused": [f"{DAMAGED} ({type(error).__name__}).", REPAIR]}, b""


def answered(request: Any, data: bytes, name: str, limits: Limits) -> bytes:
    """What is asked for of a document, without bounds on memory; DocumentError where it is refused."""
    if request["wanted"] == "document":
        from analysis.extraction.documents.readers import document  # noqa: PLC0415 - what a request needs

        return json.dumps(asdict(document(data, name, request["kind"], limits)), ensure_ascii=False).encode()
    from analysis.extraction.documents.pdf import pdf_file  # noqa: PLC0415

    if request["wanted"] == "places":
        return pdf_file.places(data, name, limits)
    return pdf_file.picture(data, name, request["page"], request["scale"])


if __name__ == "__main__":
    main()
