"""Leaders see what moves an indicator, open what stands behind each figure, and no page breaks on little data."""

import re
from datetime import date, datetime, time

import pytest

from feedback_app.accounts.actor import Function
from feedback_app.catalogue.packs.indicators import IndicatorEdition
from feedback_app.core.clock import LOCAL
from feedback_app.indicators import queries as indicators
from feedback_app.statistics import refreshing
from feedback_app.web.leadership import ledger as ledger_pages
from feedback_app.web.leadership import sub_indices as pages
from tests.factories import a_person, sign_in
from tests.slices.statistics.conftest import Life

pytestmark = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True, scope="session")

AT = datetime.combine(date(2026, 11, 5), time(12), LOCAL)
PAGE, MONTH = "/lanh-dao/chi-so/dynamism", "?ky=2026-10"
SETTLING = f"{PAGE}/neu-giai-quyet{MONTH}"
SOLVED = f"{PAGE}/solved{MONTH}"


@pytest.fixture
def life(app, session, loaded):
    return Life(session, loaded)


@pytest.fixture
def leader(client, session):
    return sign_in(client, a_person(session, Function.LEADERSHIP, "vp-ubnd"))


@pytest.fixture
def office(client, session):
    return sign_in(client, a_person(session, Function.FOCAL_POINT, "so-tc"))


@pytest.fixture
def one_is_enough(monkeypatch):
    """Let components count from one case on, so that a few tickets have a score."""
    for_period, in_force = indicators.edition_for, pages.edition_of
    monkeypatch.setattr(indicators, "edition_for", lambda *asked: eased(for_period(*asked)))
    monkeypatch.setattr(pages, "edition_of", lambda *asked: eased(in_force(*asked)))


def eased(edition: IndicatorEdition) -> IndicatorEdition:
    def least_one(indicator):
        parts = tuple(part.model_copy(update={"minimum_n": 1}) for part in indicator.components)
        return indicator.model_copy(update={"components": parts})

    return edition.model_copy(update={"indicators": tuple(least_one(one) for one in edition.indicators)})


def rated(life, solved, to="so-xd", **given):
    code = life.filed(date(2026, 10, 1), to=to, **given)
    life.answered(code, date(2026, 10, 6))
    life.rated(code, date(2026, 10, 8), solved)
    return code


def text_of(page, heading):
    """Return the section that begins with the heading of that id."""
    return page.split(f'aria-labelledby="{heading}"')[1].split("</section>")[0]


def test_ten_sub_indices_two_of_which_are_measured(leader):
    page = leader.get("/lanh-dao/chi-so").text
    assert page.count("chưa đo</span>") == 8
    assert page.count('href="/lanh-dao/chi-so/') >= 10
    assert "&gt; 7,5" in page
    assert "không phải" in page or "không so sánh trực tiếp" in page


def test_the_edition_of_2025_names_two_and_invents_none(leader):
    page = leader.get("/lanh-dao/chi-so?an_ban=pci-2025").text
    assert "9. Chính quyền kiến tạo" in page
    assert "nguồn chưa cho biết tên 7 chỉ số còn lại" in page
    own = leader.get("/lanh-dao/chi-so/enabling_government?an_ban=pci-2025").text
    assert "pci-2025@" in own
    assert "thấp, chưa đối chiếu nguồn" in own


def test_an_edition_that_is_not_loaded_is_named_and_the_first_is_shown(leader):
    page = leader.get("/lanh-dao/chi-so?an_ban=pci-1999").text
    assert "Không có ấn bản &#39;pci-1999&#39;" in page
    assert "10. Thiết chế pháp lý" in page


def test_a_sub_index_that_is_not_measured_says_so(leader):
    page = leader.get("/lanh-dao/chi-so/land_access")
    assert page.status_code == 200
    assert "chưa đo chỉ số thành phần này" in page.text


@pytest.mark.parametrize(
    "path", ["/lanh-dao/chi-so/none", f"{PAGE}/none", f"{SOLVED}&co_quan=none", f"{SOLVED}&linh_vuc=x"]
)
def test_what_is_none_is_not_found(leader, path):
    assert leader.get(path).status_code == 404


@pytest.mark.parametrize("code", ["dynamism", "informal_costs"])
def test_before_anything_was_filed_the_pages_say_so(leader, code):
    for path in ("", "/neu-giai-quyet"):
        page = leader.get(f"/lanh-dao/chi-so/{code}{path}{MONTH}")
        assert page.status_code == 200
        assert "Không có phiếu nào" in page.text
    page = leader.get(f"/lanh-dao/chi-so/{code}{MONTH}").text
    assert "Kỳ này chưa có số liệu" in page
    assert "Chưa đủ dữ liệu để tính" in page


def test_one_ticket_is_insufficient_data_but_can_be_opened(office, life):
    code = rated(life, "no")
    refreshing.refresh(AT)
    page = office.get(PAGE + MONTH).text
    assert "Chưa đủ dữ liệu để có điểm" in page
    assert "dưới 5" in page
    behind = office.get(SOLVED).text
    assert f'href="/can-bo/phieu/{code}"' in behind
    assert "cần ít nhất 20" in behind


def test_all_withdrawn_is_said_and_breaks_nothing(leader, life):
    life.withdrawn(life.filed(date(2026, 10, 1)), date(2026, 10, 2))
    refreshing.refresh(AT)
    for path in (PAGE + MONTH, SOLVED, SETTLING, f"{PAGE}/answered_in_time{MONTH}"):
        assert leader.get(path).status_code == 200
    assert "Trong kỳ không có phiếu nào được tính ở đây" in leader.get(SOLVED).text


def test_all_in_one_agency_takes_all_and_without_it_nothing_is_left(leader, life, one_is_enough):
    rated(life, "no")
    rated(life, "yes")
    refreshing.refresh(AT)
    page = leader.get(PAGE + MONTH).text
    assert "không còn đủ dữ liệu" in text_of(page, "nhay")
    moved = text_of(page, "dieu-gi")
    gap = re.search(r"cộng lại bằng ([\d,]+) điểm", moved)[1]
    assert moved.count(f"<strong>{gap}</strong>") == 2  # all of it in one agency, and in one field


def test_settling_these_raises_the_score_and_names_them(leader, life, one_is_enough):
    unsolved = [rated(life, "no"), rated(life, "partly", to="thue")]
    solved = rated(life, "yes")
    back = life.filed(date(2026, 10, 2))
    life.answered(back, date(2026, 10, 5))
    life.disputed(back, date(2026, 10, 20))  # came back: nothing to gain
    refreshing.refresh(AT)
    page = leader.get(SETTLING).text
    before, after = re.search(r"([\d,]+) → ([\d,]+)</strong>", page).groups()
    assert float(before.replace(",", ".")) < float(after.replace(",", "."))
    assert "Giải quyết được 2 phiếu này" in page
    assert all(code in page for code in unsolved)
    assert solved not in page
    assert back not in page
    narrowed = leader.get(f"{SETTLING}&co_quan=thue").text
    assert "Giải quyết được 1 phiếu này" in narrowed
    assert unsolved[0] not in narrowed


def test_each_figure_leads_to_its_tickets_and_to_its_definition(office, life, one_is_enough):
    good, bad = rated(life, "yes"), rated(life, "no")
    refreshing.refresh(AT)
    page = office.get(PAGE + MONTH).text
    everything, numerator, others = (
        office.get(f"{SOLVED}&phan={which}").text for which in ("all", "numerator", "others")
    )
    assert good in everything and bad in everything  # noqa: PT018 - one list
    assert good in numerator and bad not in numerator  # noqa: PT018
    assert bad in others and good not in others  # noqa: PT018
    assert "phan=numerator" in page
    assert "/so-lieu/cach-tinh" in everything
    for href in re.findall(r'href="(/lanh-dao/chi-so[^"]+)"', page):
        assert office.get(href.replace("&amp;", "&")).status_code == 200


def test_pages_of_the_ledger_follow_one_another(leader, life, monkeypatch):
    monkeypatch.setattr(ledger_pages, "SIZE", 1)
    codes = {rated(life, "yes"), rated(life, "no")}
    refreshing.refresh(AT)
    first = leader.get(SOLVED).text
    following = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = leader.get(following).text
    assert {code for code in codes if code in first} | {code for code in codes if code in second} == codes
    assert 'rel="next"' not in second
    assert leader.get(f"{SOLVED}&sau=99999999999999999999-1").status_code == 200


def test_leaders_get_no_link_to_a_ticket_and_no_word_of_a_sensitive_one(leader, life, one_is_enough):
    code = rated(life, "no")
    hidden = life.filed(
        date(2026, 9, 21), to="thanh-tra", kind="informal_cost", concerned=frozenset({"so-xd"})
    )
    refreshing.refresh(AT)
    assert "/can-bo/phieu" not in leader.get(SOLVED).text
    assert code in leader.get(SOLVED).text
    sensitive = leader.get(f"/lanh-dao/chi-so/informal_costs/informal_cost_settled{MONTH}").text
    assert hidden not in sensitive
    assert "Một số phiếu ở trang này không hiện" in sensitive


def test_behind_unlinkable_answers_stand_sums_only(leader):
    page = leader.get(f"/lanh-dao/chi-so/informal_costs/no_extra_payment{MONTH}").text
    assert "chỉ mở số liệu khi tháng đã chốt và có từ 5 ý kiến" in page


def test_the_history_has_a_title_a_description_and_a_table(leader, life, one_is_enough):
    rated(life, "no")
    refreshing.refresh(AT)
    page = text_of(leader.get(PAGE + MONTH).text, "dien-bien")
    assert page.count("<title") == page.count("<desc") == 2
    assert "Tháng 10/2026" in page
    assert "Quý III/2026" in page
    assert "mốc 80" in page
    assert page.count("trend-table") == 2
