"""Envelopes, slots, shares, files, states: what was not written by us does not open."""

import io
import os
import secrets
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_app.confidential.errors import (
    Busy,
    StateExpired,
    Tampered,
    TooLong,
    WeakPassphrase,
    WrongPassphrase,
    WrongShares,
)
from feedback_app.confidential.sealing import envelopes, files, passphrases, shares, slots, spool, state
from feedback_app.confidential.sealing.envelopes import Kind

KEY = bytes(range(32))
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@given(st.binary(max_size=40_000))
def test_the_length_tells_a_step_only(content):
    sealed = envelopes.seal(content, KEY, "r", Kind.SHARED)
    assert (len(sealed) - envelopes.OVERHEAD) % envelopes.STEP == 0
    assert envelopes.unseal(sealed, KEY, "r", Kind.SHARED) == content


@pytest.mark.parametrize("kind", [Kind.ANSWERS, Kind.IDENTITY])
def test_answers_and_identities_are_of_one_size(kind):
    sizes = {len(envelopes.seal(bytes(n), KEY, "r", kind)) for n in (0, 1, 4000)}
    assert len(sizes) == 1
    with pytest.raises(TooLong):
        envelopes.seal(bytes(envelopes.SMALL), KEY, "r", kind)


@pytest.mark.parametrize(
    "owner,kind,key", [("s", Kind.SHARED, KEY), ("r", Kind.WORKING, KEY), ("r", Kind.SHARED, bytes(32))]
)
def test_an_envelope_in_another_s_place_does_not_open(owner, kind, key):
    sealed = envelopes.seal(b"x", KEY, "r", Kind.SHARED)
    with pytest.raises(Tampered):
        envelopes.unseal(sealed, key, owner, kind)


@given(st.integers(0, 16_383), st.integers(1, 255))
def test_a_changed_or_cut_envelope_does_not_open(place, bit):
    sealed = bytearray(envelopes.seal(b"x", KEY, "r", Kind.SHARED))
    for wrong in (
        bytes(sealed[:place]),
        bytes(sealed[:place] + bytes([sealed[place] ^ bit]) + sealed[place + 1 :]),
    ):
        with pytest.raises(Tampered):
            envelopes.unseal(wrong, KEY, "r", Kind.SHARED)


def test_slots_open_to_whom_they_were_made_and_do_not_tell_how_many():
    readers, keys = [slots.new_pair() for _ in range(4)], slots.new_keys()
    tables = [slots.make([(pair.public, keys) for pair in readers[:n]]) for n in range(5)]
    assert {len(table) for table in tables} == {slots.SIZE}
    assert [slots.find(tables[2], pair) == keys for pair in readers] == [True, True, False, False]
    assert slots.find(slots.dummies(), readers[0]) is None
    with pytest.raises(Tampered):
        slots.find(tables[0][:-1], readers[0])
    with pytest.raises(TooLong):
        slots.make([(readers[0].public, keys)] * 13)


def test_the_reporter_s_slot_does_not_hold_the_key_to_the_work():
    keys = slots.new_keys()
    given_ = slots.without_work(keys)
    assert given_.report == keys.report
    assert given_.working != keys.working


def test_any_two_shares_restore_the_secret_and_one_does_not():
    secret = shares.new_secret()
    one, two, three = shares.split(secret)
    assert {shares.combine(*pair) for pair in ((one, two), (two, three), (three, one))} == {secret}
    with pytest.raises(WrongShares):
        shares.combine(one, one)


@given(st.integers(0, 60), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_a_mistyped_share_is_noticed(place, symbol):
    one, two, _ = shares.split(bytes(32))
    place = min(place, len(one) - 1)
    if one[place] in {"-", symbol}:
        return
    with pytest.raises(WrongShares):
        shares.combine(one[:place] + symbol + one[place + 1 :], two)


@given(st.integers(0, 5 * files.CHUNK))
def test_a_file_comes_back_whole_and_its_size_tells_a_step_only(size):
    content, key, target = os.urandom(size), files.new_key(), io.BytesIO()
    assert files.sealed(io.BytesIO(content), target, key) == size
    target.seek(0)
    assert b"".join(files.opened(target, key, size)) == content
    chunks = (size // files.STEP + 1) * (files.STEP // files.CHUNK)
    assert len(target.getvalue()) == files.HEADER + chunks * (files.CHUNK + files.OVERHEAD)


@pytest.mark.parametrize("change", ["cut", "last chunk gone", "swapped", "more", "flipped", "header"])
def test_a_file_that_was_touched_does_not_open_to_its_end(change):
    content, key, target = os.urandom(5 * files.CHUNK), files.new_key(), io.BytesIO()
    files.sealed(io.BytesIO(content), target, key)
    step, sealed = files.CHUNK + files.OVERHEAD, target.getvalue()
    head, first, second = sealed[: files.HEADER], sealed[24 : 24 + step], sealed[24 + step : 24 + 2 * step]
    wrong = {
        "cut": sealed[:-10],
        "last chunk gone": sealed[:-step],
        "swapped": head + second + first + sealed[24 + 2 * step :],
        "more": sealed + b"x",
        "flipped": sealed[:100] + bytes([sealed[100] ^ 1]) + sealed[101:],
        "header": sealed[:10],
    }[change]
    with pytest.raises(Tampered):
        list(files.opened(io.BytesIO(wrong), key, len(content)))


@pytest.mark.parametrize("size", [0, 10, spool.SMALL, spool.SMALL + 1, 3_000_000])
def test_an_upload_is_only_ciphertext_on_the_disk(tmp_path, size):
    content = secrets.token_bytes(64) * (size // 64 + 1)
    with spool.Spool(tmp_path / "s") as upload:
        upload.write(content[:size])
        upload.seek(0)
        assert upload.read() == content[:size]
        upload.seek(0)
        assert upload.read(7) == content[: min(7, size)]
        on_disk = b"".join(path.read_bytes() for path in (tmp_path / "s").glob("*"))
        assert content[:32] not in on_disk
        assert bool(on_disk) == (size > spool.SMALL)
    assert not list((tmp_path / "s").glob("*"))


def test_a_form_s_state_comes_back_in_time_and_only_unchanged():
    text = state.seal_state({"step": 3, "story": "chữ"}, KEY, NOW)
    assert state.open_state(text, KEY, NOW + timedelta(hours=1)) == {"step": 3, "story": "chữ"}
    for at in (NOW + timedelta(hours=3), NOW - timedelta(minutes=1)):
        with pytest.raises(StateExpired):
            state.open_state(text, KEY, at)
    for wrong in ("", "x", text[:-4], text[:50] + ("A" if text[50] != "A" else "B") + text[51:], "ü"):
        with pytest.raises(Tampered):
            state.open_state(wrong, KEY, NOW)


def test_the_state_s_length_tells_a_step_only():
    assert len(state.seal_state({}, KEY, NOW)) == len(state.seal_state({"a": "b" * 3000}, KEY, NOW))


def test_a_key_is_wrapped_for_one_seat_and_one_passphrase():
    wrapped = passphrases.wrap(KEY, "bốn từ khác nhau đây", "seat", 1024)
    assert passphrases.unwrap(wrapped, "bốn từ khác nhau đây", "seat") == KEY
    for passphrase, seat in (("bốn từ khác nhau đâu", "seat"), ("bốn từ khác nhau đây", "other")):
        with pytest.raises(WrongPassphrase):
            passphrases.unwrap(wrapped, passphrase, seat)
    with pytest.raises(WrongPassphrase):
        passphrases.pretend("x", 1024)


@pytest.mark.parametrize(
    "passphrase,why",
    [
        ("ngắn quá", "short"),
        ("aaaaaaaaaaaaaaaaaaaaaa", "monotonous"),
        ("trường giang sóng trường sóng giang", "few words"),
        ("xin chào xin chào xin chào", "monotonous"),
        ("matkhau123456789", "known"),
        ("nguyenvanan1234567", "known"),
        ("motcaudaikhongdaucach", "few words"),
    ],
)
def test_what_could_be_guessed_is_refused(passphrase, why):
    with pytest.raises(WeakPassphrase) as weak:
        passphrases.require_strong(passphrase, {"nguyenvanan"})
    assert weak.value.message == why


def test_never_more_than_two_derive_at_once():
    gate = passphrases.Derivations(at_once=2, patience=0.01)
    with gate.one(), gate.one(), pytest.raises(Busy), gate.one():
        raise AssertionError("a third got in")
    with gate.one():
        pass
