"""Placeholders of answers: known ones are filled in, anything else is refused when the wording is kept."""

import pytest

from feedback_app.tickets.placeholders import PLACEHOLDERS, Faulty, check, fill


def test_every_known_placeholder_may_stand_in_a_wording():
    check(" ".join(f"{{{{{name}}}}}" for name in PLACEHOLDERS))
    check("Không có mục nào, chỉ có {một} ngoặc.")


@pytest.mark.parametrize("wording, name", [("{{ten_giam_doc}}", "ten_giam_doc"), ("Kính gửi {{ }}", "")])
def test_an_unknown_one_is_named(wording, name):
    with pytest.raises(Faulty) as refusal:
        check(wording)
    assert refusal.value.name == name


@pytest.mark.parametrize("wording", ["{{so_phieu", "so_phieu}}", "{{{{so_phieu}}", "{{so_{phieu}}}"])
def test_braces_without_a_pair_are_refused(wording):
    with pytest.raises(Faulty):
        check(wording)


def test_what_an_enterprise_wrote_is_not_filled_in_again():
    assert fill("Về “{{ tieu_de }}”", {"tieu_de": "{{can_bo}}"}) == "Về “{{can_bo}}”"
