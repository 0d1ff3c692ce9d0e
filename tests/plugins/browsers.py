"""The system's Chromium, for all tests that need a browser, and how it is started."""

import os
import shutil

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def chromium() -> str:
    """Path of the system's Chromium, empty where there is none; ATLAS_CHROMIUM names another."""
    named = os.environ.get("ATLAS_CHROMIUM")
    return named or next(filter(None, map(shutil.which, CHROMIUMS)), "")
