"""A published table read by the agencies of today: sums of what the table of the period shows, and nothing else.

A table of its own would let anybody subtract the one from the other and see what either hides. So a row is the sum of
the rows of those who became that agency, hidden where one of them is hidden, or where only a part of one came to it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from feedback_app.catalogue.packs.agencies import Agency
from feedback_app.catalogue.store import Loaded
from feedback_app.web.presenting.names import agency_name
from feedback_app.web.presenting.public_tables import Row, Table, Tables


def in_present(found: Tables, loaded: Loaded, today: date) -> Tables:
    """Return the tables with the agencies of ``today``; fields and totals stay as they are."""
    agencies = {agency.code: agency for agency in loaded.catalogue.agencies.agencies}
    whole: dict[str, list[Row]] = {}
    parted: set[str] = set()
    for row in found.by_agency.rows:
        heirs = heirs_of(row.code, agencies, today)
        if len(heirs) == 1:
            whole.setdefault(next(iter(heirs)), []).append(row)
        else:
            parted |= heirs
    rows = [_sum(code, rows, code in parted) for code, rows in whole.items()]
    rows += [_hidden(code, found.by_agency.total) for code in sorted(parted - set(whole))]
    named = [_named(row, loaded, today) for row in rows]
    return replace(found, by_agency=Table(named, found.by_agency.total))


def heirs_of(code: str, agencies: Mapping[str, Agency], today: date) -> frozenset[str]:
    """Return whoever goes on with what ``code`` did; itself where it goes on, or where nobody is known to."""
    agency = agencies.get(code)
    begun = [s for s in agency.successors if s.starts <= today] if agency else []
    if agency is None or not begun:
        return frozenset({code})
    itself = {code} if agency.exists(today) else set()
    return frozenset(itself).union(*(heirs_of(s.to, agencies, today) for s in begun))


def _sum(code: str, rows: list[Row], parted: bool) -> Row:
    if len(rows) == 1 and rows[0].code == code and not parted:
        return rows[0]
    counts = {name: None if parted else _added(row.counts[name] for row in rows) for name in rows[0].counts}
    return Row(code, rows[0].name, counts, days_median=None, days_p90=None)


def _added(numbers: Iterable[int | None]) -> int | None:
    known = list(numbers)
    return None if None in known else sum(n for n in known if n is not None)


def _hidden(code: str, total: Row) -> Row:
    return Row(code, "", dict.fromkeys(total.counts), days_median=None, days_p90=None)


def _named(row: Row, loaded: Loaded, today: date) -> Row:
    return replace(row, name=agency_name(loaded, row.code, today)) if row.code in loaded.agency_ids else row
