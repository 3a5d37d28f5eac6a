"""Visits and findings as the pages show them, in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from feedback_app.catalogue.packs import AgencyEnded
from feedback_app.catalogue.packs.inspections import OTHER, YearRule
from feedback_app.core import clock
from feedback_app.core.i18n import ngay
from feedback_app.inspections import policy
from feedback_app.inspections.entries import Entry
from feedback_app.inspections.labels import FORMS, PLANNED, REASONS, STATES, short_form
from feedback_app.inspections.models import InspectionVisit
from feedback_app.inspections.queries import entry_of
from feedback_app.inspections.rules import Finding, Reason, State
from feedback_app.web.catalogue import loaded
from feedback_app.web.identity import actor
from feedback_app.web.presenting import agency_name, local

TONES = {
    State.PLANNED: ("waiting", "clock"),
    State.DONE: ("intime", "check"),
    State.DROPPED: ("neutral", "close"),
}


@dataclass(frozen=True, slots=True)
class VisitView:
    """One visit in words; ``href``: where it is changed, for those who may."""

    code: str
    enterprise: str
    tax_code: str
    form: str
    planned: str
    agency: str
    joined: list[str]
    contents: str
    state: dict[str, str]
    days: str
    decision: str
    exception: str
    grounds: str
    href: str
    is_sample: bool


@dataclass(frozen=True, slots=True)
class FindingView:
    """Why people should talk, and who."""

    title: str
    text: str
    tone: str
    open: bool
    agencies: list[str]
    visits: list[VisitView]


def visit_view(visit: InspectionVisit) -> VisitView:
    """Return a visit of the calendar in words."""
    href = url_for("inspections.change", visit_id=visit.id) if policy.keeps(actor()) else ""
    return entry_view(entry_of(visit, loaded()), href=href, is_sample=visit.is_sample)


def entry_view(entry: Entry, *, href: str = "", is_sample: bool = False) -> VisitView:
    """Return what is written down of a visit in words; agencies bear the names of that time."""
    on = entry.starts_on or entry.decided_on or min(date(entry.year, 12, 31), clock.today())
    tone, icon = TONES[entry.state]
    return VisitView(
        code=entry.code,
        enterprise=entry.enterprise,
        tax_code=entry.tax_code,
        form=short_form(entry.form),
        planned=str(PLANNED[entry.planned]),
        agency=agency_name(loaded(), entry.agency, on),
        joined=[agency_name(loaded(), code, on) for code in entry.joined],
        contents=contents_text(entry),
        state={"label": str(STATES[entry.state]), "tone": tone, "icon": icon},
        days=_days(entry),
        decision=_decision(entry),
        exception=_exception(entry),
        grounds=entry.grounds,
        href=href,
        is_sample=is_sample,
    )


def contents_text(entry: Entry) -> str:
    """Return the contents by name, and what was added in words."""
    listed = [content_name(code) for code in entry.contents if code != OTHER]
    return "; ".join([*listed, entry.words] if entry.words else listed)


def content_name(code: str) -> str:
    """Return the name of one content of the closed list."""
    return _name(code, {entry.code: local(entry.name) for entry in loaded().catalogue.inspections.contents})


def finding_view(
    finding: Finding, visits: Mapping[int, VisitView], year: int, rule: YearRule | None
) -> FindingView:
    """Return a finding in words, with the ``visits`` it is about as far as they are given."""
    counts = finding.reason is not Reason.SAME_CONTENT and rule is not None
    return FindingView(
        title=str(REASONS[finding.reason]),
        text=_text(finding, year),
        tone="late" if counts else "soon",
        open=finding.open,
        agencies=sorted({_answering(code) for code in finding.agencies}),
        visits=[visits[visit_id] for visit_id in finding.visits if visit_id in visits],
    )


def inviting(findings: Iterable[FindingView]) -> list[str]:
    """Return the names of all who should talk about what can still be changed."""
    return sorted({name for finding in findings if finding.open for name in finding.agencies})


def _text(finding: Finding, year: int) -> str:
    topics = "; ".join(_topic(topic) for topic in finding.topics)
    if finding.limit is not None:
        forms = _(" và ").join(str(FORMS[form]) for form in finding.limit.forms)
        return _(
            "%(teams)s cuộc %(forms)s trong năm %(year)s; quy tắc của năm: không quá %(most)s.",
            teams=finding.teams, forms=forms, year=year, most=finding.limit.most,
        )  # fmt: skip
    if finding.reason is Reason.BOTH_FORMS:
        return _("Vừa có thanh tra vừa có kiểm tra về: %(topics)s.", topics=topics)
    return _("Các cơ quan khác nhau cùng có cuộc về: %(topics)s.", topics=topics)


def _topic(topic: str) -> str:
    _other, colon, words = topic.partition(":")
    return words if colon else content_name(topic)


def _answering(code: str) -> str:
    """Return the name of whoever answers for the agency today: an agency that is gone cannot be invited."""
    try:
        return local(loaded().directory.resolve(code, clock.today()).name)
    except AgencyEnded:
        return agency_name(loaded(), code)


def _days(entry: Entry) -> str:
    if entry.starts_on is None:
        return _("năm %(year)s", year=entry.year)
    if entry.ends_on is None or entry.ends_on == entry.starts_on:
        return ngay(entry.starts_on)
    return f"{ngay(entry.starts_on)} – {ngay(entry.ends_on)}"


def _decision(entry: Entry) -> str:
    if not entry.decision_number:
        return ""
    number, day = entry.decision_number, ngay(entry.decided_on)
    return _("Quyết định %(number)s ngày %(day)s", number=number, day=day)


def _exception(entry: Entry) -> str:
    pack = loaded().catalogue.inspections
    if not entry.exception:
        return ""
    name = _name(entry.exception, {one.code: local(one.name) for one in pack.exceptions})
    rule = pack.rule_of(entry.year)
    if rule is None or entry.exception in rule.exceptions:
        return name
    return _("%(name)s (quy tắc của năm %(year)s không có ngoại lệ này)", name=name, year=entry.year)


def _name(code: str, names: Mapping[str, str]) -> str:
    """Return the name; a code that an edited pack no longer has is shown as it is."""
    return names.get(code, code)
