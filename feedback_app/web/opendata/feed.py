"""The Atom feed of what was published lately."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

from flask import Response, current_app, url_for
from flask_babel import gettext as _

from feedback_app.core.db import db
from feedback_app.library import queries as library
from feedback_app.opendata import queries
from feedback_app.web.catalogue import loaded
from feedback_app.web.opendata import blueprint
from feedback_app.web.opendata.pages import kept
from feedback_app.web.presenting.library import answer_view
from feedback_app.web.presenting.names import local
from feedback_app.web.statistics.month import PUBLISHED_CUTS

ATOM = "http://www.w3.org/2005/Atom"
MOST = 50


@dataclass(frozen=True, slots=True)
class News:
    """One entry: what it is called, where it stands, what it says, since when."""

    title: str
    path: str
    summary: str
    at: datetime


@blueprint.get("/ban-tin.atom")
def feed() -> Response:
    news = sorted(_news(), key=lambda each: each.at, reverse=True)[:MOST]
    content = as_atom(news, current_app.config["BASE_URL"].rstrip("/"))
    answer = Response(content, content_type="application/atom+xml; charset=utf-8")
    if not news:
        return answer
    answer.add_etag()
    return kept(answer, answer.get_etag()[0] or "", news[0].at)


def as_atom(news: list[News], base: str) -> bytes:
    """Return the feed as RFC 4287 has it; ids are the addresses, which stay."""
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed")
    home = url_for("opendata.index")
    _add(root, "id", base + url_for("opendata.feed"))
    _add(
        root, "title", _("Số liệu và câu trả lời đã công bố – Hệ thống phản ánh, kiến nghị của doanh nghiệp")
    )
    _add(
        root, "updated", _moment(news[0].at if news else datetime.fromisoformat("2024-01-01T00:00:00+07:00"))
    )
    _add(root, "link", rel="self", href=base + url_for("opendata.feed"), type="application/atom+xml")
    _add(root, "link", rel="alternate", href=base + home, type="text/html")
    _add(_add(root, "author"), "name", _("Cơ quan đầu mối tổng hợp"))
    for each in news:
        entry = _add(root, "entry")
        _add(entry, "id", base + each.path)
        _add(entry, "title", each.title)
        _add(entry, "updated", _moment(each.at))
        _add(entry, "link", rel="alternate", href=base + each.path, type="text/html")
        _add(entry, "summary", each.summary, type="text")
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _news() -> Iterator[News]:
    for months in PUBLISHED_CUTS:
        for row in queries.releases(db.session(), months)[:MOST]:
            label = local(queries.period_of(row).label)
            final = _("Số liệu đã chốt.") if row.snapshot else _("Số liệu tạm tính, chưa chốt.")
            path = url_for("statistics.index", ky=row.period)
            yield News(_("Số liệu giải quyết: %(period)s", period=label), path, final, row.published_at)
    for answer in library.published(db.session(), size=MOST):
        if answer.published_at is not None:
            view = answer_view(answer, loaded())
            path = url_for("library.answer", code=answer.code)
            yield News(answer.title, path, view.beginning, answer.published_at)


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    found = ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    found.text = text or None
    return found


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
