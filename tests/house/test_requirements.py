"""The locks are complete, pinned by hash, and name no host."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PINNED = re.compile(r"^(?P<name>[a-z0-9.-]+)(\[[a-z,-]+\])?==[^ ]+( ;.*)? \\$")


def lock(name: str) -> list[str]:
    return (ROOT / name).read_text().splitlines()


def pinned(lines: list[str]) -> set[str]:
    return {match["name"] for line in lines if (match := PINNED.match(line))}


def wanted(requirements: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9._-]", line)[0].lower().replace("_", "-") for line in requirements}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_has_a_version_and_hashes_and_no_host_is_named(name):
    lines = lock(name)

    for line, following in pairwise(lines):
        if not line.startswith((" ", "#")):
            assert PINNED.match(line), f"{line}: run `make lock`"
            assert following.startswith("    --hash=sha256:"), f"{line}: run `make lock`"
    assert "://" not in "\n".join(lines)
    assert not any(line.startswith("-") for line in lines)


def test_the_locks_hold_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    run, dev = pinned(lock("requirements.txt")), pinned(lock("requirements-dev.txt"))

    assert wanted(project["dependencies"]) <= run, "run `make lock`"
    assert wanted(project["optional-dependencies"]["dev"]) | run <= dev, "run `make lock`"
