"""A report put together from a snapshot: figures, sentences, tables, charts, how it is computed, and its list."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from feedback_app.catalogue import store
from feedback_app.catalogue.packs.agencies import Agency, AgencyType
from feedback_app.catalogue.store import Loaded
from feedback_app.closing import freezing
from feedback_app.core.errors import FeedbackError
from feedback_app.indicators.definitions import evaluate
from feedback_app.indicators.printing import NOTICE
from feedback_app.indicators.queries import edition_for
from feedback_app.papers.letter import Letter
from feedback_app.reports import narrative, tables
from feedback_app.reports.annex import Annex, annex
from feedback_app.reports.content import Content, Table
from feedback_app.reports.figures import Known, Own, named
from feedback_app.reports.method import method
from feedback_app.reports.words import amount, day
from feedback_app.statistics import queries
from feedback_app.statistics.figures import Group, Value, total_counts
from feedback_app.statistics.periods import Period
from feedback_app.statistics.queries import Figures

PROVINCE = "Ủy ban nhân dân tỉnh Khánh Hòa"
TITLE = "Kết quả tiếp nhận, giải quyết khó khăn, vướng mắc, phản ánh, kiến nghị của doanh nghiệp"
DRAFT = "BẢN NHÁP – SỐ LIỆU CHƯA CHỐT"
FROZEN = "Số liệu đã chốt, bản chốt {snapshot}."
LIVE = "Số liệu tính đến ngày {day}, chưa chốt: có thể thay đổi, không dùng làm báo cáo chính thức."


class NothingCounted(FeedbackError):
    """Nothing was ever counted for the period: it has not begun, or ended before the first ticket."""

    status = 409


@dataclass(frozen=True, slots=True)
class _Names:
    """Names as they were on the last day of the period; what no pack knows any more keeps its code."""

    loaded: Loaded
    on: date

    def agency(self, code: str) -> str:
        found = self._agency(code)
        return found.named(self.on).name.vi if found else code

    def superior(self, code: str) -> str:
        found = self._agency(code)
        return PROVINCE if found and found.type == AgencyType.PROVINCIAL else ""

    def field(self, code: str) -> str:
        found = (field.name.vi for field in self.loaded.catalogue.fields.fields if field.code == code)
        return next(found, code)

    def _agency(self, code: str) -> Agency | None:
        found = (agency for agency in self.loaded.catalogue.agencies.agencies if agency.code == code)
        return next(found, None)


def build(session: Session, period: Period, agency: str) -> tuple[Content, Annex]:
    """Return the report on ``period``, of the province or of one agency, and its list.

    Raises:
        NothingCounted: see there.
    """
    figures = queries.figures(session, period)
    mark = queries.mark(session)
    if figures is None or mark is None:
        raise NothingCounted(f"Kỳ {period.code} chưa có số liệu: kỳ chưa bắt đầu hoặc chưa có phiếu nào.")
    last = period.last if figures.snapshot else min(period.last, mark.day)
    names = _Names(store.current(session), last)
    listing = annex(session, period, agency, last, names.agency)
    before, year_before = (queries.frozen_figures(session, other) for other in compared_with(period))
    group = Group(agency=agency)
    known = Known(
        own=figures.by_group.get(group, {}),
        flow=listing.flow,
        before=_own(before, group),
        year_before=_own(year_before, group),
    )
    found = named(known)
    shown = _tables(session, figures, known, names, agency)
    content = Content(
        period=period.code,
        agency=agency,
        snapshot=figures.snapshot,
        texts=_texts(figures, names, agency, last) | {name: amount(value) for name, value in found.items()},
        figures=found,
        sentences=narrative.told(found, () if agency else _ranked(figures.by_group, names)),
        tables=shown,
        charts=tables.charts(shown),
        method=method(edition_for(session, period)),
        list_note=listing.note,
        list_rows=len(listing),
        sources=sources(session, period),
    )
    return content, listing


def compared_with(period: Period) -> tuple[Period, Period]:
    """Return the period before and the same a year before; only what is frozen of them is compared with."""
    return period.previous(), period.year_before()


def sources(session: Session, period: Period) -> tuple[str, ...]:
    """Return the snapshots that a report on ``period`` compares with today."""
    found = (freezing.frozen(session, other) for other in compared_with(period))
    return tuple(row.snapshot for row in found if row is not None)


def _own(figures: Figures | None, group: Group) -> Own | None:
    return None if figures is None else figures.by_group.get(group, {})


def _tables(
    session: Session, figures: Figures, known: Known, names: _Names, agency: str
) -> tuple[Table, ...]:
    whole = (tables.summary(known), tables.results(known.flow))
    if agency:
        return (*whole, tables.fields_of_list(known.flow, names.field))
    results = evaluate(edition_for(session, figures.period), total_counts(figures.by_group))
    return (
        *whole,
        tables.indicators(results, NOTICE),
        tables.by_agency(figures.by_group, names.agency),
        tables.by_field(figures.by_group, names.field),
    )


def _ranked(by_group: Mapping[Group, Mapping[str, Value]], names: _Names) -> Sequence[str]:
    namings: tuple[tuple[Callable[[str], str], bool], ...] = ((names.agency, False), (names.field, True))
    return [narrative.behind(by_group, name_of, fields=fields) for name_of, fields in namings]


def _texts(figures: Figures, names: _Names, agency: str, last: date) -> dict[str, str]:
    """Return what the single placeholders of the head stand for; the date is left to be filled in by hand."""
    period = figures.period
    office = agency or names.loaded.directory.focal_point(last).code
    frozen = bool(figures.snapshot)
    state = FROZEN.format(snapshot=figures.snapshot) if frozen else LIVE.format(day=day(last))
    whose = f" của {names.agency(agency)}" if agency else ""
    return {
        "co_quan_cap_tren": names.superior(office),
        "co_quan": names.agency(office),
        "ngay_thang": Letter(agency="").date_line,
        "tieu_de": TITLE,
        "ky_bao_cao": f"{period.label.vi}{whose}",
        "tu_ngay": day(period.first),
        "den_ngay": day(last),
        "tinh_trang_so_lieu": state,
        "ban_chot": figures.snapshot or "chưa chốt",
        "ban_nhap": "" if frozen else DRAFT,
    }
