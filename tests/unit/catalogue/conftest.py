"""A copy of the shipped packs in which one thing was changed."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from feedback_app.catalogue.packs.reader import SHIPPED

Edit = Callable[[str, str, str], Path]


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
