"""The ladder of a regulation: shipped as the product says, and refused where it would flood or skip somebody."""

import pytest
import yaml

from feedback_app.catalogue import packs
from feedback_app.catalogue.packs import PackError
from feedback_app.catalogue.packs.ladder import Delivery, Group
from tests.unit.catalogue.wrong_edits import REGULATION, Case

WRONG = {
    "a mail of its own before the day": Case(
        REGULATION,
        "groups: [handler]\n      delivery: digest",
        "groups: [handler]\n      delivery: single",
        "chỉ nhắc trong thư buổi sáng",
        "code: due_soon",
    ),
    "a weekly list without its day": Case(
        REGULATION,
        "      weekday: monday\n",
        "",
        "weekday đi cùng delivery: weekly",
        "code: overdue_chairman",
    ),
    "a weekly list to everybody": Case(
        REGULATION, "groups: [chairman]", "groups: [head]", "gửi riêng cho chairman", "code: overdue_chairman"
    ),
    "rungs out of order": Case(REGULATION, "distance: 3", "distance: 9", "tăng dần", "ladder:"),
    "two rungs of one code": Case(REGULATION, "code: overdue_office", "code: overdue", "mã riêng", "ladder:"),
    "a group nobody knows": Case(
        REGULATION, "groups: [head]", "groups: [boss]", "một trong: handler, focal_point", "boss"
    ),
    "a rung a year away": Case(REGULATION, "distance: 5", "distance: 365", "không lớn hơn 60", "365"),
}


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_ladder_is_refused_with_its_line(edited, case):
    case.check(edited)


def test_the_shipped_ladder_is_that_of_the_product_and_says_that_it_is_unconfirmed():
    ladder = packs.shipped().regulations[0].ladder
    assert [(rung.distance, rung.groups) for rung in ladder.rungs] == [
        (-2, (Group.HANDLER,)),
        (0, (Group.HANDLER, Group.FOCAL_POINT)),
        (1, (Group.HEAD,)),
        (3, (Group.COORDINATING_OFFICE,)),
        (5, (Group.CHAIRMAN,)),
    ]
    assert [rung.delivery for rung in ladder.rungs] == [*["digest"] * 2, *["single"] * 2, Delivery.WEEKLY]
    assert not ladder.confirmed


def test_a_file_without_a_ladder_is_refused_and_a_stored_version_without_one_still_read(edited):
    folder = edited(REGULATION, "code:", "code:")
    path = folder / REGULATION
    content = yaml.safe_load(path.read_text("utf-8"))
    del content["ladder"]
    path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    with pytest.raises(PackError, match="thiếu 'ladder'"):
        packs.read(folder)
    stored = packs.dump(packs.shipped().regulations[0]) | {"ladder": None}
    assert packs.parse("regulations/khanh-hoa-2023", stored).ladder is None
