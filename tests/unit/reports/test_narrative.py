"""Every number that a report prints in a sentence is a named figure of its snapshot; none is typed into a template."""

import re
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_app.catalogue.packs.indicators import Measure
from feedback_app.reports import figures, narrative, tables
from feedback_app.reports.content import Content
from feedback_app.reports.figures import BEFORE, COUNTS, YEAR_BEFORE, Known, named
from feedback_app.reports.listing import Flow, Listed, Result
from feedback_app.reports.sample import sample
from feedback_app.reports.words import amount, shortened, shown
from feedback_app.statistics.figures import Figure, Group, Value

NUMBER = re.compile(r"\d[\d.,]*\d|\d")


def own_of(**counts):
    return {name: Value(float(n), n) for name, n in counts.items() if n}


def flow_of(*results):
    flow = Flow()
    for n, result in enumerate(results):
        flow.add(Listed(f"KH-{n}", 1, "tax", "thue", n % 2 == 0, result))
    return flow


def said(known, ranked=()):
    return " ".join(narrative.told(named(known), ranked))


def test_no_template_carries_a_number_and_each_names_figures_there_are():
    sentences = [sentence for group in narrative.OPENING for sentence in group]
    for sentence in sentences:
        parts = list(Formatter().parse(sentence.text))
        assert not NUMBER.search("".join(text for text, *_rest in parts)), sentence.text
        assert {name for _text, name, *_rest in parts if name} <= figures.names()
    assert len(sentences) > 10


counts = st.dictionaries(st.sampled_from(sorted(COUNTS.values())), st.integers(0, 2_000_000))
owns = counts.map(lambda found: own_of(**found))
flows = st.lists(st.sampled_from(Result), max_size=12).map(lambda found: flow_of(*found))


@given(owns, flows, st.none() | owns, st.none() | owns)
def test_every_number_printed_is_a_figure(own, flow, before, year_before):
    found = named(Known(own, flow, before, year_before))
    allowed = {amount(value) for value in found.values()} | {
        amount(abs(v)) for v in found.values() if v is not None
    }
    printed = NUMBER.findall(" ".join(narrative.told(found)))
    assert set(printed) <= allowed


@given(owns)
def test_a_share_is_never_more_than_its_whole_says(own):
    found = named(Known(own, Flow()))
    for name, (part, whole) in figures.SHARES.items():
        total = sum(found[one] or 0 for one in whole)
        assert found[name] == (round(100 * (found[part] or 0) / total, 1) if total else None)


def test_an_empty_month_is_said_in_words_and_compared_with_nothing():
    text = said(Known({}, Flow()))
    assert "không có phiếu nào phải giải quyết" in text
    assert "chưa có phiếu nào được trả lời" in text
    assert "chưa có số liệu kỳ trước" in text
    assert "chưa có số liệu cùng kỳ năm trước" in text
    assert not NUMBER.search(text)


def test_a_month_in_which_everything_was_withdrawn_names_no_share():
    text = said(Known(own_of(received=3, withdrawn=3), flow_of(*[Result.WITHDRAWN] * 3)))
    assert "đã rút 3 phiếu" in text
    assert "tỷ lệ đúng hạn" not in text
    assert "không còn phiếu nào chờ trả lời" in text


def test_one_ticket_in_time_is_a_hundred_per_cent():
    own = own_of(received=1, answered=1, in_time=1) | {
        Figure.DAYS_MEDIAN: Value(4.0, 1),
        Figure.DAYS_P90: Value(4.0, 1),
    }
    text = said(Known(own, flow_of(Result.SETTLED)))
    assert "tỷ lệ đúng hạn 100%" in text
    assert "không quá 4 ngày làm việc" in text


def test_changes_are_told_against_both_periods():
    own, before = own_of(received=12, answered=5), own_of(received=10, answered=5, overdue=2)
    found = named(Known(own, Flow(), before, own_of(received=20)))
    assert (
        "tiếp nhận tăng 2 (từ 10); số phiếu đã trả lời không đổi (5); số phiếu quá hạn cuối kỳ giảm 2 (từ 2)"
        in (narrative.compared(found, BEFORE))
    )
    assert "tiếp nhận giảm 8 (từ 20)" in narrative.compared(found, YEAR_BEFORE)
    assert "không đổi" not in narrative.compared(named(Known(own, Flow())), BEFORE)


def test_who_is_behind_is_named_worst_first_and_nobody_where_none_is():
    groups = {Group(agency=code): own_of(overdue=n) for code, n in (("a", 2), ("b", 5), ("c", 0))}
    groups |= {Group(): own_of(overdue=7), Group(agency="x", sensitive=True): own_of(overdue=9)}
    assert (
        narrative.behind(groups, str.upper, fields=False)
        == "Cơ quan còn nhiều phiếu quá hạn nhất: B (5), A (2)."
    )
    assert narrative.behind({Group(): own_of(received=3)}, str.upper, fields=False) == ""


def test_cases_that_nobody_holds_stand_in_a_row_of_their_own():
    groups = {Group(): own_of(received=5, open=5), Group(agency="a"): own_of(received=3, open=3)}
    table = tables.by_agency(groups, str.upper)
    assert [row[:2] for row in table.rows] == [("Toàn tỉnh", 5), ("A", 3), (tables.NOBODY, 2)]
    one = {Group(): own_of(received=3, open=3), Group(agency="a"): own_of(received=3, open=3)}
    assert [row[0] for row in tables.by_agency(one, str.upper).rows] == ["Toàn tỉnh", "A"]


def test_an_agency_s_cases_by_field_add_up():
    flow = flow_of(Result.SETTLED, Result.OPEN, Result.OVERDUE, Result.WITHDRAWN)
    ((_name, carried, arisen, over, waiting, overdue),) = tables.fields_of_list(flow, str).rows
    assert (carried + arisen, over + waiting, overdue) == (4, 4, 1)


def test_content_survives_being_stored():
    content, _rows = sample()
    assert Content.of(content.plain()) == content


@pytest.mark.parametrize(
    "value,text",
    [(None, "–"), (0, "0"), (1234, "1.234"), (80.0, "80"), (7.25, "7,2"), (1234567.5, "1.234.567,5")],
)
def test_numbers_are_written_as_people_write_them(value, text):
    assert amount(value) == shown(value) == text
    assert Measure.ANSWERED in COUNTS.values()


def test_a_long_title_is_cut_on_one_line():
    assert shortened("a\n b" + "c" * 50, 10) == "a bcccccc…"
