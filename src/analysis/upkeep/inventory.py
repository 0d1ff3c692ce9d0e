"""Reading what the lock installs and what the project carries; writing the bill of materials and the licences."""

import hashlib
import re
from importlib import metadata
from pathlib import Path
from typing import Any

from analysis import __version__
from analysis.errors import LicenceError
from analysis.io import store
from analysis.io.paths import LOCK
from analysis.upkeep import sbom
from analysis.upkeep.licences import Stated

NAME = "territoires-industrie-atlas"
LEAFLET = Path(__file__).parents[1] / "publication/site/assets/_static/leaflet/leaflet.js"
BANNER = re.compile(r"\bLeaflet (\d+\.\d+\.\d+)\b")
TEXTS = re.compile(r"(?:^|/)(?:licen[cs]e|copying)[^/]*$", re.IGNORECASE)


def generated(root: Path) -> dict[str, str]:
    """The bill of materials and the page of licences, by file name, for the lock and the installed packages."""
    packages = sbom.pinned(store.read_text(root / LOCK, LOCK, repair="Run `make lock`."))
    found = sbom.licences(packages, {one.name: stated(one.name) for one in packages})
    project = {"name": NAME, "version": __version__}
    carried = [leaflet()]
    return {
        sbom.WHERE: sbom.bill(project, packages, found, carried),
        sbom.LICENCES: sbom.page(packages, found, carried),
    }


def write(root: Path) -> None:
    """Rewrite sbom.cdx.json and docs/licences.md."""
    with store.batch() as files:
        for name, text in generated(root).items():
            files.add_text(root / name, text)


def stated(name: str) -> Stated:
    """What the metadata of an installed package state of its licence; nothing for one of another system."""
    try:
        found = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return Stated()
    about: Any = found.metadata
    texts = [str(found.locate_file(path)) for path in found.files or () if TEXTS.search(str(path))]
    return Stated(
        str(about.get("License-Expression") or ""),
        str(about.get("License") or ""),
        [one.split(" :: ")[-1] for one in about.get_all("Classifier") or () if one.startswith("License")],
        "\n".join(Path(one).read_text(encoding="utf-8", errors="replace") for one in sorted(texts)),
    )


def leaflet() -> sbom.Carried:
    """The library of maps in the site's files; LicenceError when its file does not say which it is."""
    content = LEAFLET.read_bytes()
    found = BANNER.search(content[:500].decode("utf-8", errors="replace"))
    if not found:
        raise LicenceError("the file does not say its version.", where=LEAFLET.name, repair="Restore it.")
    digest = hashlib.sha256(content).hexdigest()
    return sbom.Carried("leaflet", found[1], "BSD-2-Clause", f"pkg:npm/leaflet@{found[1]}", digest)
