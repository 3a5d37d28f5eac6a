"""Proof 4: two hundred filings and what the same people did signed in a moment before: nothing joins the two."""

import io
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import text

from feedback_app.confidential import store
from feedback_app.confidential.context import vault as here
from feedback_app.confidential.models import Blob
from feedback_app.confidential.services import shelving
from feedback_app.core import audit, clock
from feedback_app.core.db import db, unit_of_work
from tests.confidential.world import file_report

PAIRS = [("sqlite", "sqlite"), ("postgresql", "postgresql")]
FILINGS = 200
NIGHTS = 20  # of a drawn order one in FILINGS is right by luck: many nights say what is not luck
LUCK = 8 / FILINGS  # in one order that never changes; more would be luck once in a million
# what a thief may sort by: the place in the dump, the transaction, what was drawn once and stays
PLACES = {"sqlite": ("rowid",), "postgresql": ("ctid", "xmin::text::bigint, ctid")}
KEPT = (("shelf", "id", "id"), ("shelf", "id", "version"), ("registered", "commitment", "commitment"))
Whose = dict[bytes, int]


def moved(kind: str, table: str) -> list[tuple[str, str, str]]:
    """Return table, column and order for each order that the nightly rewrite should have drawn anew."""
    rows = [(table, "id"), ("registered", "commitment")]
    return [(name, column, place) for name, column in rows for place in PLACES[kind]]


def dumped(table: str, column: str, place: str) -> list[bytes]:
    rows = store.session().execute(text(f"SELECT {column} FROM {table} ORDER BY {place}")).scalars()
    return [value.encode() if isinstance(value, str) else bytes(value) for value in rows]


def joined(acted: list[int], whose: Whose, order: tuple[str, str, str]) -> float:
    """Return which part is right when the first who acted is taken for the first reporter, and so on."""
    guessed = zip(dumped(*order), acted, strict=True)
    return sum(whose[seen] == person for seen, person in guessed) / FILINGS


@pytest.fixture
def acted_and_filed(world, app) -> Iterator[tuple[list[int], Whose]]:
    """Return who acted, in the audit's order, and whose report each row is."""
    whose: Whose = {}
    for number in range(FILINGS):
        with app.app_context(), unit_of_work() as session:
            at = clock.now() + timedelta(minutes=number)
            audit.record(session, "ticket_read", at=at, actor_id=None, subject=f"person {number}")
        with world.app.app_context():
            commitment = bytes.fromhex(file_report(world, story=f"Chuyện {number}").commitment)
            newest = set(dumped("letterbox", "id", "id")) - whose.keys()
            whose |= {newest.pop(): number, commitment: number}
            store.db.session.remove()
    with app.app_context():
        query = text("SELECT subject FROM audit_entry WHERE event = 'ticket_read' ORDER BY id")
        acted = [int(subject.removeprefix("person ")) for subject in db.session().execute(query).scalars()]
        db.session.remove()
    with world.app.app_context():
        yield acted, whose


@pytest.mark.parametrize("shared_app,world", PAIRS, indirect=True)
def test_after_the_nightly_rewrite_reports_cannot_be_joined_to_people(acted_and_filed, world, shows):
    acted, whose = acted_and_filed
    kind = store.session().get_bind().dialect.name
    before = {order: joined(acted, whose, order) for order in moved(kind, "letterbox")}
    for order, part in before.items():
        shows(4, f"{order[0]} by {order[2]}, before the rewrite, joined", f"{part:.0%}", control=True)
    nights: dict[tuple[str, str, str], list[float]] = {}
    for _ in range(NIGHTS):
        with store.unit_of_work() as session:
            assert shelving.put_away(session) == FILINGS
        shelving.compact()
        for order in (*moved(kind, "shelf"), *KEPT):
            nights.setdefault(order, []).append(joined(acted, whose, order))
    for order, parts in nights.items():
        shows(4, f"{order[0]} by {order[2]}, after the rewrite, joined", f"{sum(parts) / NIGHTS:.1%}")
    weeks = set(store.session().execute(text("SELECT week FROM shelf UNION SELECT week FROM registered")))
    shows(4, f"{FILINGS} filings minutes apart, distinct times in the vault", len(weeks))
    assert len(weeks) == 1
    assert set(before.values()) == {1.0}
    assert all(sum(nights[order]) / NIGHTS <= 0.01 for order in moved(kind, "shelf"))
    assert all(nights[order][0] <= LUCK for order in KEPT)


def listed(field: str) -> list[str]:
    """Return the sealed files' names in the order of what the file system keeps of them."""
    found = sorted(
        (here().settings.data_dir / "files").iterdir(), key=lambda path: getattr(path.stat(), field)
    )
    return [path.name for path in found]


def followed(field: str, filed: list[str]) -> float:
    """Return which part of the files stands right behind the one that was filed before it."""
    order = listed(field)
    pairs = set(pairwise(order))
    return sum(pair in pairs for pair in pairwise(filed)) / (len(filed) - 1)


@pytest.mark.parametrize("world", ["sqlite"], indirect=True)
def test_after_the_nightly_rewrite_files_do_not_keep_the_order_of_filing(world, shows):
    filed = [here().blobs.put(io.BytesIO(f"tệp {number}".encode())).name for number in range(FILINGS)]
    with store.unit_of_work() as session:
        session.add_all(Blob(name=name) for name in filed)
    fields = ("st_ino", "st_ctime_ns")
    before = {field: followed(field, filed) for field in fields}
    shelving.tidy_files(store.session(), clock.today())
    after = {field: followed(field, filed) for field in fields}
    for field in fields:
        shows(
            4,
            f"files by {field}, before the rewrite, joined to the one before",
            f"{before[field]:.0%}",
            control=True,
        )
        shows(4, f"files by {field}, after the rewrite, joined to the one before", f"{after[field]:.1%}")
    assert all(part >= 0.9 for part in before.values())
    assert all(part <= LUCK for part in after.values())
    assert set(listed("st_ino")) == set(filed)
    kept = listed("st_ino")
    shelving.tidy_files(store.session(), clock.today())
    assert listed("st_ino") == kept  # what was copied once stays
