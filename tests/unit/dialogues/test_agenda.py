"""The order of an agenda: who waits for long comes first, what the chair placed stays where it was put."""

from hypothesis import given
from hypothesis import strategies as st

from feedback_app.dialogues.agenda import Point, ordered

POINTS = st.lists(
    st.builds(
        Point,
        key=st.text("abcdef", min_size=1, max_size=3),
        title=st.just("Việc"),
        field=st.just("land"),
        enterprises=st.integers(1, 40),
        days_lost=st.integers(0, 900),
    ),
    unique_by=lambda point: point.key,
    max_size=8,
)


def point(key, enterprises, days_lost=0):
    return Point(key, key, "land", enterprises, days_lost)


def test_many_enterprises_come_before_few_and_long_waits_before_short_ones():
    points = [point("a", 2, 90), point("b", 40, 10), point("c", 2, 91)]
    assert [p.key for p in ordered(points, {})] == ["b", "c", "a"]


def test_the_chair_puts_a_point_first_and_another_last():
    points = [point("a", 9), point("b", 8), point("c", 7)]
    assert [p.key for p in ordered(points, {"c": 1, "a": 99})] == ["c", "b", "a"]


@given(POINTS, st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(1, 12), max_size=4))
def test_nothing_is_lost_and_what_is_not_placed_keeps_its_measure(points, pins):
    order = ordered(points, pins)
    assert sorted(p.key for p in order) == sorted(p.key for p in points)
    free = [p for p in order if p.key not in pins]
    assert free == ordered(free, {})


@given(POINTS, st.integers(1, 12))
def test_a_single_placed_point_stands_where_it_was_put_or_last(points, place):
    if points:
        key = points[0].key
        order = [p.key for p in ordered(points, {key: place})]
        assert order.index(key) + 1 == min(place, len(points))
