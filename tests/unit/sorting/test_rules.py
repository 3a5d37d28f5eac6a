"""From corrections to a rule, without a database."""

from datetime import date

import pytest

from feedback_app.catalogue.packs import shipped
from feedback_app.catalogue.packs.routing import Rule
from feedback_app.routing.decide import route
from feedback_app.routing.matter import Matter
from feedback_app.routing.trial import Trial, spoken
from feedback_app.sorting.rules import Condition, lines, rule_of, telling

TODAY = date(2026, 11, 24)
CONDITION = Condition(kinds=("obstacle", "information_request"), field="land", any=("bến du thuyền",))
TEXTS = (
    "Xin giao mặt nước làm bến du thuyền tại Nha Trang",
    "Xin giao đất làm bãi đỗ xe",
    "Ben du thuyen cua chung toi chua duoc giao dat",
    "Thuê đất làm nhà xưởng ở Diên Khánh",
)


def the_rule(condition: Condition = CONDITION, lead: str = "so-xd") -> Rule:
    row = rule_of(
        condition, code="focal-land-2", lead=lead, support=3, reason="bến du thuyền do Sở này xem xét"
    )
    return Rule.model_validate(row)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("kind", ["obstacle", "rule_proposal"])
@pytest.mark.parametrize("field", ["land", "construction"])
@pytest.mark.parametrize(
    "condition", [CONDITION, Condition(kinds=("obstacle",), field="land", area="dien-khanh")]
)
def test_the_dry_run_says_what_routing_would_say_with_the_rule_in_first_place(text, kind, field, condition):
    pack, rule = shipped(), the_rule(condition)
    with_it = pack.model_copy(
        update={"routing": pack.routing.model_copy(update={"rules": (rule, *pack.routing.rules)})}
    )
    matter = Matter(kind=kind, field=field, text=text)
    decision, tried = route(matter, with_it, TODAY), Trial(rule, pack).lead(matter, TODAY)
    assert tried == (decision.lead if decision.rule == rule.code else None)


def test_the_rule_says_that_it_is_an_assumption_drawn_from_corrections():
    assert the_rule().source.assumption == "cơ quan đầu mối rút ra từ 3 lần phân loại lại"


def test_words_may_be_typed_one_on_a_line_or_with_commas():
    assert lines(" bến  du thuyền\n\nbến tàu, bến du thuyền; cầu cảng ") == (
        "bến du thuyền",
        "bến tàu",
        "cầu cảng",
    )


def test_the_words_that_tell_corrected_texts_from_the_others_are_found_as_people_write_them():
    others = ["Xin thuê đất làm nhà xưởng, chưa có kết quả", "Xin giao đất làm bãi đỗ xe"] * 5
    corrected = ["Xin thuê đất làm bến du thuyền.", "Bến du thuyền của công ty, chưa có kết quả"]
    assert telling(corrected, others)[0].lower() == "bến du thuyền"


def test_one_correction_alone_suggests_no_words():
    assert telling(["Xin thuê đất làm bến du thuyền"], []) == ()


def test_a_phrase_does_not_reach_over_a_full_stop():
    assert "bến thuyền" not in {p.lower() for p in telling(["bến. thuyền"] * 2, [])}


def test_the_authors_own_words_for_a_field_are_kept_once():
    text = "Xin thuê đất làm nhà xưởng. Việc Thuê đất kéo dài."
    said = [word.lower() for word in spoken(text, "land", shipped())]
    assert said
    assert all(word in text.lower() for word in said)
