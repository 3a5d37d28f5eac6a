"""What is published of a quarter gives no small count away, to a reader who knows every margin."""

from collections import Counter
from random import Random

import pytest

from feedback_app.catalogue import packs
from feedback_app.disclosure import TOTAL, Protected, Table, audit
from feedback_app.pulses.results import REST, Round, classes, field_groups, guarded, published
from feedback_app.pulses.sampling import ALL

PACK = packs.shipped().pulses
FIELDS = ("construction", "land", "tax", "labour")


def answers(chance: Random, *, rate: float, fields=FIELDS, invited: int = 60):
    """Return a register and answers in cells of field and size."""
    asked = {(field, size): invited for field in fields for size in ("small", "")}
    cells = {}
    for cell, n in asked.items():
        who = sum(chance.random() < rate for _ in range(n))
        cells[cell] = {}
        for question in PACK.questions:
            options = [option.code for option in question.options] + ["unsaid"]
            drawn = chance.choices(options, [12, 3, 2] + [1] * (len(options) - 3), k=who)
            cells[cell][question.code] = dict.fromkeys(options, 0) | Counter(drawn)
    return Round({cell: 20 * n for cell, n in asked.items()}, asked), cells


def test_every_question_s_options_fall_into_the_classes_that_its_shares_tell_apart():
    assert classes(PACK.question("answer")) == {
        "to_the_point": "to_the_point", "beside_it": "beside_it", "no_answer": "no_answer",
        "not_sent": "unsaid", "unsaid": "unsaid",
    }  # fmt: skip
    assert set(classes(PACK.question("extra_payment")).values()) == {"none", "once", "unsaid"}


@pytest.mark.parametrize("seed", range(4))
def test_no_hidden_count_has_fewer_than_four_possible_values(seed):
    told, cells = answers(Random(seed), rate=0.6)
    content = published(PACK, told, cells)
    for question in (question for question in PACK.questions if question.shares):
        lines = content["tables"][question.code]
        if lines is None:
            continue
        shown = {(field, option): n for field, option, n in lines}
        assert min((n for n in shown.values() if n is not None), default=5) >= 5
        assert set(ranges(content, question, shown, cells)) == {key for key, n in shown.items() if n is None}


def ranges(content, question, shown, cells):
    """Return the hidden counts, after looking that each keeps four values beside the known margins."""
    by_field = {line["field"]: line["answered"] for line in content["fields"]}
    kinds = tuple(dict.fromkeys(option for _field, option in shown))
    dimensions = (("field", tuple(by_field)), ("option", kinds))
    totals = Counter({(TOTAL, kind): 0 for kind in kinds})
    for own in cells.values():
        for option, n in own[question.code].items():
            totals[TOTAL, classes(question)[option]] += n
    known = {(field, TOTAL): n for field, n in by_field.items()} | totals | shown
    for key, (low, high) in audit(Protected(dimensions, known, zeros_hidden=True)).items():
        assert high - low >= 3, (question.code, key, low, high)
        yield key


def test_an_unprotected_table_would_give_counts_away():
    """The check above is worth something: hiding small counts alone does not pass it."""
    table = Table(
        (("field", ("a", "b")), ("option", ("x", "y"))),
        {("a", "x"): 30, ("a", "y"): 2, ("b", "x"): 30, ("b", "y"): 30},
    )
    naive = {key: n if n >= 5 else None for key, n in table.with_totals().items()}
    assert dict(audit(Protected(table.dimensions, naive, zeros_hidden=True))) == {("a", "y"): (2, 2)}
    assert guarded(table)["a", "x"] is None


def test_fewer_than_five_answers_say_nothing_but_that():
    content = published(PACK, *answers(Random(1), rate=0.004))
    assert (content["answered"], content["shares"], content["tables"]) == (None, [], {})


def test_below_the_least_effective_number_a_share_is_not_told():
    content = published(PACK, *answers(Random(1), rate=0.03))
    assert content["answered"] >= 5
    assert {one["share"] for one in content["shares"]} == {None}
    told = published(PACK, *answers(Random(1), rate=0.5))
    assert all(0 < one["share"] < 1 and one["effective"] >= 20 for one in told["shares"])


def test_small_fields_are_shown_together_and_never_alone():
    groups = field_groups({("a", ""): 40, ("b", ""): 30, ("c", ""): 6, (ALL, ALL): 9}, 20)
    assert groups == {"a": "a", "b": REST, "c": REST, ALL: REST}
    assert field_groups({("a", ""): 40, ("b", ""): 30}, 20) == {"a": "a", "b": "b"}
