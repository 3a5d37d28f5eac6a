"""The receipt: 110 bits, two check symbols, one report for one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_app.confidential.errors import Mistyped
from feedback_app.confidential.sealing import receipts
from feedback_app.confidential.sealing.receipts import ALPHABET, LENGTH

KEY = b"k" * 32
TOKENS = st.binary(min_size=32, max_size=32)


@given(TOKENS)
def test_the_same_form_gives_the_same_code_and_another_key_another(token):
    code = receipts.from_token(token, KEY)
    assert receipts.from_token(token, KEY) == code
    assert receipts.from_token(token, b"j" * 32) != code
    assert receipts.normalised(receipts.grouped(code)) == code
    assert len(code) == LENGTH


@given(TOKENS, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_symbol_is_always_noticed(token, place, symbol):
    code = receipts.from_token(token, KEY)
    wrong = code[:place] + symbol + code[place + 1 :]
    if wrong != code:
        with pytest.raises(Mistyped):
            receipts.normalised(wrong)


@given(TOKENS, st.integers(0, LENGTH - 2))
def test_two_neighbours_swapped_are_always_noticed(token, place):
    code = receipts.from_token(token, KEY)
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if wrong != code and place != LENGTH - 3:
        with pytest.raises(Mistyped):
            receipts.normalised(wrong)


@pytest.mark.parametrize("typed", ["", "ABCD", "Ω" * 24, "0" * 23, "0" * 25, "ABCD-EFGH-JKMN-PQRS-TVWX"])
def test_what_is_no_code_is_told_before_any_work(typed):
    with pytest.raises(Mistyped):
        receipts.normalised(typed)


def test_letters_that_look_alike_are_forgiven():
    code = receipts.from_token(b"t" * 32, KEY)
    worse = receipts.grouped(code).replace("0", "o").replace("1", "l").lower().replace("-", " ")
    assert receipts.normalised(worse) == code


@given(TOKENS)
def test_lookup_and_key_tell_nothing_of_each_other_and_the_row_not_of_the_lookup(token):
    reporter = receipts.keys_of(receipts.from_token(token, KEY))
    assert reporter.lookup != reporter.pair.private
    assert receipts.stored_lookup(reporter) != reporter.lookup


def test_a_code_is_found_in_a_text_however_it_is_spaced():
    code = receipts.from_token(b"u" * 32, KEY)
    assert receipts.mentions(f"mã: {' . '.join(code)}", code)
    assert receipts.mentions(receipts.grouped(code).lower(), code)
    assert not receipts.mentions(code[:-1], code)
