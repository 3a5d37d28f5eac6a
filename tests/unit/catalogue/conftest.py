"""A copy of the shipped packs in which one thing was changed."""

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from feedback_app.catalogue.packs import located
from feedback_app.catalogue.packs.reader import SHIPPED

Edit = Callable[[str, str, str], Path]
load_once = cache(located.load)  # hundreds of tests read the same files, all but one unchanged


@pytest.fixture(autouse=True)
def _unchanged_files_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(located, "load", load_once)


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """Return a function that changes the first ``old`` of a pack file to ``new`` and returns the folder."""
    folder = tmp_path / "data"
    shutil.copytree(SHIPPED, folder)

    def edit(file: str, old: str, new: str) -> Path:
        path = folder / file
        text = path.read_text("utf-8")
        assert old in text, f"{file} no longer has {old!r}: the test needs a new example"
        path.write_text(text.replace(old, new, 1), "utf-8")
        return folder

    return edit
