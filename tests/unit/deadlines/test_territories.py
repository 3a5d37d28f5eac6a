"""A regulation binds the ground it was made for: old Khánh Hòa and old Ninh Thuận after the merger."""

from datetime import UTC, date, datetime

import pytest

from feedback_app.catalogue import packs
from feedback_app.catalogue.packs.areas import Commune
from feedback_app.catalogue.packs.communes import with_communes
from feedback_app.deadlines.errors import ProfileGap
from feedback_app.deadlines.profiles import binding, governing, profile_for
from feedback_app.deadlines.promise import promise

AFTER = date(2026, 3, 2)
RECEIVED = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
# made-up places: the real list is not in the project
SAMPLES = (Commune("phuong-mau", "Phường Mẫu", "nha-trang"), Commune("xa-mau", "Xã Mẫu", ""))


def merged(own=False, confirmed=True):
    """Return the catalogue with a commune on each side; ``own``: old Ninh Thuận has a regulation of its own."""
    catalogue = with_communes(packs.shipped(), SAMPLES, "danh sách thử")
    here = catalogue.regulations[0].model_copy(update={"confirmed": confirmed})
    limits = tuple(
        row.model_copy(update={"value": 10, "confirmed": confirmed}) if row.step == "answer" else row
        for row in here.limits
    )
    there = here.model_copy(update={"code": "mau-nt", "territory": "ninh-thuan", "limits": limits})
    return catalogue.model_copy(update={"regulations": (here, there) if own else (here,)})


@pytest.mark.parametrize(
    "area, code", [("phuong-mau", "khanh-hoa-2023"), ("xa-mau", "mau-nt"), (None, "khanh-hoa-2023")]
)
def test_the_area_decides_whose_regulation_holds(area, code):
    assert governing(merged(own=True), AFTER, area).code == code


def test_the_same_matter_is_due_on_another_day_on_the_other_side():
    catalogue = merged(own=True)
    here, there = (promise(catalogue, "obstacle", RECEIVED, area=a) for a in ("phuong-mau", "xa-mau"))
    assert (here.due_on, there.due_on) == (date(2026, 3, 11), date(2026, 3, 16))


def test_where_no_regulation_is_known_another_stands_in_and_nobody_confirms_it():
    catalogue = merged()
    assert governing(catalogue, AFTER, "phuong-mau").confirmed
    assert not governing(catalogue, AFTER, "xa-mau").confirmed
    assert not binding(catalogue.regulations[0], catalogue, "xa-mau").confirmed
    assert promise(catalogue, "obstacle", RECEIVED, area="xa-mau").due_on == date(2026, 3, 11)


def test_asked_for_one_territory_no_other_stands_in():
    with pytest.raises(ProfileGap):
        profile_for(merged(), AFTER, "ninh-thuan")
