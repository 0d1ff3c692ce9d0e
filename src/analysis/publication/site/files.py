"""Files of the site that are also elsewhere: one file under two names where the disk allows it, else a copy."""

import os
import shutil
from pathlib import Path


def link_or_copy(source: str | Path, target: str | Path) -> Path:
    """Give the file `source` the second name `target`; copy it where that is refused (another disk, no hard links).

    Nothing may write into either afterwards: the pipeline replaces files, it never changes one in place.
    """
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
    return Path(target)


def link_tree(source: Path, target: Path, *left_out: str) -> None:
    """The folder `source` as `target`, its files linked or copied, but those whose name fits a pattern `left_out`."""
    left = shutil.ignore_patterns(*left_out)
    shutil.copytree(source, target, copy_function=link_or_copy, ignore=left, dirs_exist_ok=True)


def place_picture(png: bytes, twin: Path, target: Path) -> None:
    """A page's picture: the published file `twin` under a second name when it has these bytes, else a new file."""
    if twin.is_file() and twin.stat().st_size == len(png) and twin.read_bytes() == png:
        link_or_copy(twin, target)
    else:
        target.write_bytes(png)


def place_text(text: str, old: Path, target: Path) -> None:
    """A file that holds `text`: the file `old` under a second name when it does, else a new one."""
    content = text.encode()
    target.unlink(missing_ok=True)
    if old.is_file() and old.read_bytes() == content:
        link_or_copy(old, target)
    else:
        target.write_bytes(content)
