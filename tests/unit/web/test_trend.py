"""Where the points of a history stand."""

from hypothesis import given
from hypothesis import strategies as st

from feedback_app.web.trend import BOTTOM, LEFT, RIGHT, TOP, Moment, trend


def moment(value, label="10/26"):
    return Moment(label, value, value or 0, value or 0)


def test_scores_stand_between_bottom_and_top_from_left_to_right():
    found = trend([Moment("9/26", 0, 0, 10), Moment("10/26", 100, 90, 100)], 50)
    first, second = found.points
    assert (first.y, second.y, found.target_y) == (BOTTOM, TOP, (BOTTOM + TOP) / 2)
    assert first.x < second.x
    assert (first.high_y, second.low_y) == (BOTTOM - 16, TOP + 16)
    assert [(s.x1, s.y1, s.x2, s.y2) for s in found.segments] == [(first.x, first.y, second.x, second.y)]


def test_no_line_leads_across_a_period_without_a_score():
    found = trend([moment(40), moment(None), moment(60), moment(70)])
    assert len(found.segments) == 1
    assert found.has_values
    assert not trend([moment(None)]).has_values


def test_nothing_at_all_is_an_empty_picture():
    assert (trend([]).points, trend([]).segments) == ((), ())


@given(st.lists(st.none() | st.floats(0, 100), max_size=24))
def test_every_point_stays_inside_and_the_newest_is_named(values):
    found = trend([moment(value) for value in values])
    assert all(LEFT <= p.x <= RIGHT and TOP <= p.y <= BOTTOM for p in found.points)
    assert not values or found.points[-1].named
    assert sum(p.named for p in found.points) <= 4
