"""The sample matters, typed, and the drawing of one filing from them."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import yaml
from pydantic import BaseModel, ConfigDict

from feedback_app.catalogue.packs import Kind

FILE = Path(__file__).with_name("matters.yaml")


Matter = tuple[Kind, str, str, str]  # kind, field, title, body


class Matters(BaseModel):
    """Texts that sample tickets are made of."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    enterprises: tuple[tuple[str, str, str], ...]
    matters: tuple[Matter, ...]
    unclear: tuple[Matter, ...]
    answers: tuple[str, ...]
    questions: tuple[str, ...]
    replies: tuple[str, ...]
    disputes: tuple[str, ...]
    comments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One sample filing in words."""

    kind: Kind
    field: str
    title: str
    body: str
    filer_type: str
    filer: str
    identifier: str


@cache
def matters() -> Matters:
    return Matters.model_validate(yaml.safe_load(FILE.read_text("utf-8")))


def draw(random: Random, month: int, fields: Collection[str] = ()) -> Drawn:
    """Return a filing, its blanks filled in; about one of ``fields`` where some are given."""
    choice = [matter for matter in matters().matters if not fields or matter[1] in fields]
    return fill(random, month, random.choice(choice))


def fill(random: Random, month: int, matter: Matter) -> Drawn:
    """Return a filing of that matter, its blanks filled in."""
    kind, field, title, body = matter
    filer_type, filer, place = random.choice(matters().enterprises)
    blanks = {
        "place": place,
        "days": random.randint(5, 45),
        "month": max(1, month - 1),
        "amount": random.choice((15, 40, 120, 350, 900)),
        "code": f"H32.{random.randint(10, 40)}-{random.randint(100000, 999999)}",
    }
    return Drawn(
        kind,
        field,
        title.format(**blanks),
        body.format(**blanks),
        filer_type,
        filer,
        _identifier(random, filer_type),
    )


def _identifier(random: Random, filer_type: str) -> str:
    """Return a number of the right length that is nobody's: it starts with digits no office gives out."""
    if filer_type == "household":
        return f"000{random.randint(0, 10**9 - 1):09d}"
    if filer_type in {"investor", "association"}:
        return ""
    return f"00{random.randint(0, 10**8 - 1):08d}" + ("-001" if filer_type == "branch" else "")
