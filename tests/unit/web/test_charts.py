import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_app.web import charts


def test_a_score_stands_between_the_ends_of_its_interval():
    drawn = charts.gauge(61.4, 55.2, 67.1, target=75)
    assert drawn.left < drawn.low_x < drawn.value_x < drawn.low_x + drawn.band < drawn.target_x
    assert drawn.target_x < drawn.left + drawn.span


def test_the_ends_of_the_scale_are_the_ends_of_the_picture():
    drawn = charts.gauge(0, 0, 100)
    assert (drawn.low_x, drawn.low_x + drawn.band) == (drawn.left, drawn.left + drawn.span)
    assert drawn.ticks[0] == (drawn.left, 0)
    assert drawn.ticks[-1] == (drawn.left + drawn.span, 100)


def test_too_little_data_leaves_the_scale_empty():
    assert charts.gauge(None, 0, 0).value is None


@pytest.mark.parametrize("target, anchor", [(3, "start"), (50, "middle"), (97, "end")])
def test_the_word_at_the_target_stays_inside_the_picture(target, anchor):
    assert charts.gauge(50, 40, 60, target=target).target_anchor == anchor


@pytest.mark.parametrize("value, low, high", [(101, 90, 101), (50, 51, 60), (50, 40, 49), (-1, -2, 0)])
def test_a_score_off_the_scale_is_refused(value, low, high):
    with pytest.raises(ValueError, match=r"0-100|interval"):
        charts.gauge(value, low, high)


def test_the_greatest_bar_is_full_and_the_others_in_proportion():
    assert [bar.width for bar in charts.bars([("a", 40), ("b", 10), ("c", 0)])] == [100, 25, 0]


def test_bars_may_share_a_scale_given_from_outside():
    assert [bar.width for bar in charts.bars([("a", 40), ("b", 300)], longest=200)] == [20, 100]


def test_bars_of_nothing_are_empty():
    assert charts.bars([]) == ()
    assert charts.bars([("a", 0)])[0].width == 0


def test_heat_is_graded_against_the_greatest_cell():
    drawn = charts.heat(["w1", "w2", "w3"], [("a", [8, 4, 1]), ("b", [0, None, 2])])
    assert [[cell.level for cell in row.cells] for row in drawn.rows] == [[4, 3, 1], [0, 0, 2]]
    assert drawn.rows[1].cells[1].value is None


def test_a_row_that_misses_a_week_is_refused():
    with pytest.raises(ValueError, match="one cell a column"):
        charts.heat(["w1", "w2"], [("a", [1])])


def test_a_single_value_makes_no_line():
    assert charts.spark([5]).path == ""


def test_a_level_line_is_drawn_although_it_has_no_range():
    assert charts.spark([5, 5]).path == "M2.0 38.0L158.0 38.0"


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=40))
def test_a_line_never_leaves_its_picture(values):
    drawn = charts.spark(values)
    for point in drawn.path[1:].split("L"):
        x, y = map(float, point.split())
        assert 0 <= x <= drawn.width
        assert 0 <= y <= drawn.height
