"""One wrong edit of a shipped pack, and what the refusal must say."""

from pathlib import Path
from typing import NamedTuple

import pytest

from feedback_app.catalogue import packs
from feedback_app.catalogue.packs import PackError

AGENCIES, AREAS, FIELDS, ROUTING = "agencies.yaml", "areas.yaml", "fields.yaml", "routing.yaml"
REGULATION, CALENDAR = "regulations/khanh-hoa-2023.yaml", "calendars/vietnam.yaml"
INDICATORS = "indicators/pci-2023.yaml"


class Case(NamedTuple):
    """In which file what became what; the words of the refusal, and a word on the line it names."""

    file: str
    old: str
    new: str
    says: str
    line: str

    def check(self, edited) -> None:
        """Read the packs with the wrong edit and look at the refusal."""
        folder = edited(self.file, self.old, self.new)
        with pytest.raises(PackError) as refused:
            packs.read(folder)
        error = refused.value
        assert error.path == self.file
        assert str(error).startswith(f"{self.file}, dòng {error.line}: ")
        assert self.says in str(error)
        assert self.line in _line(folder / self.file, error.line)


def _line(path: Path, number: int) -> str:
    return path.read_text("utf-8").splitlines()[number - 1]
