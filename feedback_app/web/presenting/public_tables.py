"""The public tables of a release: what each agency and field did, no small number among them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from feedback_app.catalogue.packs.indicators import Measure
from feedback_app.catalogue.store import Loaded
from feedback_app.disclosure import MINIMUM
from feedback_app.opendata import stored
from feedback_app.opendata.models import PublicRelease
from feedback_app.opendata.queries import period_of
from feedback_app.opendata.rules import (
    AGENCY,
    BANDS,
    FIELD,
    NOBODY,
    NOT_SOLVED,
    PROVINCE,
    TO_THE_POINT,
    Shown,
)
from feedback_app.statistics.figures import Figure
from feedback_app.web import charts
from feedback_app.web.presenting import agency_name, field_name

COLUMNS = (
    Figure.RECEIVED, Measure.ANSWERED, Figure.IN_TIME, Figure.LATE, Figure.OPEN, Figure.OVERDUE, Figure.PAUSED,
)  # fmt: skip
__all__ = ["COLUMNS", "NOBODY", "NOT_SOLVED"]


@dataclass(frozen=True, slots=True)
class Row:
    """Figures by name; ``None``: hidden, because it is small or would tell a small one."""

    code: str
    name: str
    counts: Mapping[str, int | None]
    days_median: float | None
    days_p90: float | None

    def share(self, part: str, whole: str) -> int | None:
        """Return the part in whole per cent; ``None`` where one of the two is hidden, or there is no whole."""
        n, of = self.counts.get(part), self.counts.get(whole)
        return None if n is None or not of else round(100 * n / of)

    def bands(self) -> list[tuple[charts.Bar, bool]]:
        """Return the distribution of the working days as bars, each with whether its number is hidden."""
        numbers = [(band, self.counts.get(band)) for band in BANDS]
        bars = charts.bars([(band_name(band), n or 0) for band, n in numbers])
        return [(bar, n is None) for bar, (_band, n) in zip(bars, numbers, strict=True)]

    def has_bands(self) -> bool:
        """Whether any number of the distribution can be shown."""
        return any(self.counts.get(band) for band in BANDS)


@dataclass(frozen=True, slots=True)
class Table:
    rows: Sequence[Row]
    total: Row

    @property
    def hides(self) -> bool:
        return any(n is None for row in (*self.rows, self.total) for n in row.counts.values())


@dataclass(frozen=True, slots=True)
class Tables:
    by_agency: Table
    by_field: Table
    sensitive: Mapping[str, int | None]
    outcomes: Mapping[str, int | None]  # how the answers of the whole province ended, by name


def tables(release: PublicRelease, loaded: Loaded) -> Tables:
    """Return what the release shows, with the names that agencies bore in its period."""
    found = stored.shown_of(release.content)
    days = stored.days_in(release.content["days"])
    on = period_of(release).last
    total = _row(PROVINCE, "", _("Toàn tỉnh"), found, days)
    agencies = (
        _row(AGENCY, code, agency_name(loaded, code, on), found, days) for code in _codes(found, AGENCY)
    )
    fields = (_row(FIELD, code, field_name(loaded, code), found, days) for code in _codes(found, FIELD))
    return Tables(
        Table([*_sorted(agencies), *_nobody(AGENCY, found, days)], total),
        Table([*_sorted(fields), *_nobody(FIELD, found, days)], total),
        release.content["sensitive"],
        {name: total.counts[name] for name in (TO_THE_POINT, *map(str, NOT_SOLVED))},
    )


def band_name(band: str) -> str:
    """Return the words for a band of working days."""
    first, last = [*band.removeprefix("days_").split("_"), ""][:2]
    if not last:
        return _("từ %(number)s ngày trở lên", number=first)
    return _("%(first)s–%(last)s ngày", first=first, last=last)


def _row(kind: str, code: str, name: str, found: Shown, days: stored.Days) -> Row:
    counts = {str(key): n for key, n in found[kind, code].items()}
    answered = counts.get(Measure.ANSWERED)
    key = (code, "") if kind == AGENCY else ("", code)
    enough = answered is not None and answered >= MINIMUM
    median, p90, _n = days.get(key, (None, None, 0)) if enough else (None, None, 0)
    return Row(code, name, counts, median, p90)


def _nobody(kind: str, found: Shown, days: stored.Days) -> list[Row]:
    """Return the row of what nobody has yet, if there is any."""
    if (kind, NOBODY) not in found or not any(n != 0 for n in found[kind, NOBODY].values()):
        return []
    return [_row(kind, NOBODY, _("Chưa phân công"), found, days)]


def _codes(found: Shown, kind: str) -> list[str]:
    counted = [
        code for (rows, code), own in found.items() if rows == kind and any(n != 0 for n in own.values())
    ]
    return [code for code in counted if code != NOBODY]


def _sorted(rows: Iterable[Row]) -> list[Row]:
    """Busiest first, as far as it is shown."""
    return sorted(rows, key=lambda row: (-(row.counts[Figure.RECEIVED] or 0), row.name))
