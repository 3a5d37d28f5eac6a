"""Proof 3: everything on the server, but neither passphrase nor receipt: no report opens."""

import re

import pytest
from nacl.bindings import crypto_scalarmult_base
from sqlalchemy import LargeBinary, select

from feedback_app.confidential import reports, store
from feedback_app.confidential.context import vault as here
from feedback_app.confidential.errors import Tampered, WrongPassphrase
from feedback_app.confidential.models import Base
from feedback_app.confidential.sealing import slots
from feedback_app.confidential.sealing.envelopes import Kind, unseal
from feedback_app.confidential.sealing.slots import KeyPair, pair_from
from feedback_app.confidential.services import conversing, opening
from feedback_app.core import clock
from tests.confidential.world import file_report, identity

HEX = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
ENVELOPES = (Kind.ANSWERS, Kind.SHARED, Kind.WORKING, Kind.IDENTITY)
TODAY = clock.today()


@pytest.fixture
def filed(world, large):
    """Return the receipts of reports from which Chi is kept out."""
    kept_out = (world.seat("chi"),)
    return [
        file_report(world, story=f"Chuyện số {n}", excluded=kept_out, identity=identity() if n % 2 else None)
        for n in range(100 if large else 10)
    ]


def secrets_on_the_server() -> set[bytes]:
    """Return every 32 bytes in databases and files that could be a key, and what the installation derives."""
    v = here()
    found = {v.receipt_key, v.state_key, v.chain_key, v.settings.key[:32].ljust(32, b"\0")}
    for table in Base.metadata.sorted_tables:
        for row in store.session().execute(select(table)):
            for column, value in zip(table.columns, row, strict=True):
                raw = bytes(value) if isinstance(column.type, LargeBinary) else str(value).encode()
                found |= _keys_in(raw)
    for path in v.settings.data_dir.rglob("*"):
        if path.is_file() and path.stat().st_size < 64 * 1024 and path.suffix != ".db":
            found |= _keys_in(path.read_bytes())
    return found


def _keys_in(raw: bytes) -> set[bytes]:
    return {bytes.fromhex(each.decode()) for each in HEX.findall(raw)} | ({raw} if len(raw) == 32 else set())


def opened_by(keys) -> int:
    """Return how many reports one of ``keys`` opens, as a private key, as a seed, or as an envelope's own key."""
    pairs = [pair for key in keys for pair in (pair_from(key), _pair_of(key))]
    return sum(_opens(row, keys, pairs) for row in reports.of_body(store.session(), "thanh-tra-tinh"))


def _pair_of(private: bytes) -> KeyPair:

    return KeyPair(crypto_scalarmult_base(private), private)


def _opens(row, keys, pairs) -> bool:
    if any(slots.find(table, pair) for table in (row.slots, row.identity_slots) for pair in pairs):
        return True
    return any(_unseals(row, kind, key) for kind in ENVELOPES for key in keys)


def _unseals(row, kind, key) -> bool:
    try:
        unseal(getattr(row, kind.value), key, row.id, kind)
    except Tampered:
        return False
    return True


def test_with_everything_but_passphrase_and_receipt_nothing_opens(world, filed, shows):
    keys = secrets_on_the_server()
    found = opened_by(keys)
    shows(3, f"everything on the server ({len(keys)} possible keys), of {len(filed)} open", found)
    assert len(keys) > len(filed)
    assert found == 0


def test_the_same_search_opens_all_when_a_key_lies_about(world, filed, shows):
    left = here().settings.data_dir / "debug.log"
    left.write_text(f"unlocked with {world.unlock('binh').pair.private.hex()}\n")
    found = opened_by(secrets_on_the_server())
    shows(3, f"the same with one inspector's key in a log, of {len(filed)} open", found, control=True)
    assert found == len(filed)


def test_the_receipt_opens_each(world, filed, shows):
    stories = {conversing.look(store.session(), done.code, on=TODAY).story for done in filed}
    shows(3, f"with the receipts, of {len(filed)} open", len(stories), control=True)
    assert len(stories) == len(filed)


def test_the_handler_opens_each(world, filed, shows):
    rows = opening.queue(store.session(), world.unlock("binh"), on=TODAY)
    shows(3, f"as handler, of {len(filed)} open", len(rows), control=True)
    assert len(rows) == len(filed)


def test_who_was_kept_out_opens_none_with_everything_she_has(world, filed, shows):
    chi = world.unlock("chi")
    queue = opening.queue(store.session(), chi, on=TODAY)
    found = opened_by({chi.pair.private, chi.signing_seed})
    shows(3, f"as a recipient who was kept out, of {len(filed)} open", found + len(queue))
    assert (found, queue) == (0, ())


def test_who_guesses_passphrases_wrongly_unlocks_nothing(world, filed):
    with pytest.raises(WrongPassphrase), store.unit_of_work() as session:
        opening.unlock(session, world.body, world.name("binh"), "bốn con thuyền thúng ngoài khơi", on=TODAY)
