"""``feedback indicators``, as people type it."""

import json

import pytest

from feedback_app.indicators.commands import commands


@pytest.fixture
def typed(app):
    return lambda *words: app.test_cli_runner().invoke(commands, ["compute", *words])


def test_an_empty_month_is_insufficient_data_not_zero(typed):
    told = json.loads(typed("--period", "2026-10", "--json").output)
    assert (told["period"], told["edition"]) == ("2026-10", "pci-2023")
    for indicator in told["indicators"]:
        assert (indicator["composite"], indicator["interval"]) == (None, None)
        assert indicator["status"] == "insufficient_data"
        assert {c["value"] for c in indicator["components"]} == {None}
    assert [i["official"]["target"] for i in told["indicators"]] == [7.5, 7.0]


@pytest.mark.parametrize("code", ["2026-13", "hôm qua", "2026-10/01-31"])
def test_a_wrong_period_ends_with_2_and_an_example(typed, code):
    result = typed("--period", code)
    assert result.exit_code == 2
    assert code in result.output


def test_an_unknown_edition_ends_with_2(typed):
    assert typed("--period", "2026-10", "--edition", "pci-1999").exit_code == 2


def test_agencies_with_figures_are_listed(typed, life):
    from datetime import date

    life.answered(life.filed(date(2026, 10, 1)), date(2026, 10, 6))
    told = json.loads(typed("--period", "2026-10", "--by", "agency", "--json").output)
    (row,) = told["statistics"]
    assert (row["code"], row["received"], row["in_time"], row["days_median"]) == ("so-xd", 1, 1, 3)
    assert "Sở Xây dựng" in typed("--period", "2026-10/15-14", "--by", "agency").output


def test_the_edition_asked_for_is_the_one_computed(typed):
    told = json.loads(typed("--period", "2026-10", "--edition", "pci-2025", "--json").output)
    assert told["edition"] == "pci-2025"
    assert [(i["code"], i["sub_index"]) for i in told["indicators"]] == [
        ("informal_costs", 5),
        ("enabling_government", 9),
    ]
    assert [i["official"]["target"] for i in told["indicators"]] == [None, None]
    assert (
        "mục tiêu PCI chính thức chưa có trong nguồn"
        in typed("--period", "2026-10", "--edition", "pci-2025").output
    )
