"""What we did not write ourselves is an exact copy, with its licence and its checksum."""

import hashlib
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHELVES = [ROOT / "static" / "vendor", ROOT / "tests" / "browser" / "vendor"]
PACKAGES = sorted(folder for shelf in SHELVES if shelf.exists() for folder in shelf.iterdir())


def label(folder):
    return dict(tomllib.loads((folder / "VENDOR.toml").read_text(encoding="utf-8")))


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda folder: folder.name)
def test_a_vendored_package_says_what_it_is(folder):
    told = label(folder)
    assert folder.name == f"{told['name']}-{told['version']}"
    assert told["licence"], f"{folder.name}/VENDOR.toml: name the licence"
    assert any(file.name.startswith("LICENSE") for file in folder.iterdir()), (
        "keep the licence beside the copy"
    )


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda folder: folder.name)
def test_nobody_has_touched_a_vendored_file(folder):
    present = {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file() and file.name != "VENDOR.toml"
    }
    assert present == label(folder)["sha256"], "take a fresh copy and write its checksums into VENDOR.toml"
