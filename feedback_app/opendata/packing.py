"""The files of a release, written once: so their sums and addresses stay."""

import hashlib
from typing import Any

from sqlalchemy.orm import Session

from feedback_app.catalogue import store
from feedback_app.catalogue.packs.indicators import IndicatorEdition, Measure
from feedback_app.catalogue.packs.shape import one
from feedback_app.catalogue.store import Loaded
from feedback_app.indicators.definitions import evaluate
from feedback_app.indicators.printing import NOTICE
from feedback_app.opendata import files, stored
from feedback_app.opendata.models import PublicFile, PublicRelease
from feedback_app.opendata.queries import period_of
from feedback_app.opendata.rules import AGENCY, FIELD, NOBODY

LICENCE = {
    "vi": "Điều kiện sử dụng lại dữ liệu chưa được UBND tỉnh công bố (chờ xác nhận). Khi dẫn lại, đề nghị ghi "
    "nguồn, kỳ và mã số liệu.",
    "en": "The terms of reuse have not been announced by the Provincial People's Committee (to be confirmed). "
    "Please cite the source, the period and the code of the figures.",
}


def write_files(session: Session, release: PublicRelease, edition: IndicatorEdition) -> None:
    """Write the CSV and the JSON file of a release, in place of those of an earlier edition of it."""
    loaded = store.current(session)
    totals = {Measure(name): n for name, n in release.content["totals"].items()}
    told = files.lines(
        release.period,
        stored.shown_of(release.content),
        stored.days_in(release.content["days"]),
        evaluate(edition, totals),
        lambda kind, code: _names(loaded, release, kind, code),
    )
    for ending, content in (("csv", files.as_csv(told)), ("json", files.as_json(about(release), told))):
        row = PublicFile(
            name=f"{release.period}.{ending}", period=release.period, size=len(content), content=content,
            sha256=hashlib.sha256(content).hexdigest(), at=release.published_at,
        )  # fmt: skip
        session.merge(row)
    session.flush()


def about(release: PublicRelease) -> dict[str, Any]:
    """Return what a file says of itself; addresses are those on this server."""
    return {
        "period": release.period,
        "first": release.first.isoformat(),
        "last": release.last.isoformat(),
        "final": bool(release.snapshot),
        "snapshot": release.snapshot or None,
        "computed_at": release.computed_at.isoformat(timespec="seconds"),
        "published_at": release.published_at.isoformat(timespec="seconds"),
        "definitions": release.definitions,
        "methodology": f"/so-lieu/cach-tinh?ky={release.period}",
        "dictionary": "/du-lieu-mo/tu-dien.json",
        "licence": LICENCE,
        "notice": NOTICE,
    }


def _names(loaded: Loaded, release: PublicRelease, kind: str, code: str) -> tuple[str, str]:
    if code == NOBODY:
        return "Chưa phân công", "Not assigned yet"
    if kind == AGENCY:
        agency = one(loaded.catalogue.agencies.agencies, code, "cơ quan")
        name = agency.named(period_of(release).last).name
    elif kind == FIELD:
        name = loaded.catalogue.fields.field(code).name
    else:
        return "Toàn tỉnh", "Whole province"
    return name.vi, name.en
