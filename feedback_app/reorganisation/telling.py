"""A preview as plain data for other programs, and as lines for the command line; names in Vietnamese."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from feedback_app.catalogue.packs import Catalogue
from feedback_app.catalogue.packs.restructuring import day, restructured
from feedback_app.reorganisation.preview import Preview


def as_data(found: Preview) -> dict[str, Any]:
    """Return the preview as JSON has it; dates as YYYY-MM-DD."""
    plan = found.plan
    parts = ("tickets", "people", "absences", "rules", "approvals", "templates", "profiles")
    told: dict[str, Any] = {name: [asdict(row) for row in getattr(found, name)] for name in parts}
    for absence in told["absences"]:
        absence |= {name: absence[name].isoformat() for name in ("valid_from", "valid_to")}
    return {
        "code": plan.code,
        "title": plan.title,
        "first_day": found.first_day.isoformat(),
        "refused": list(found.refused),
        "already_applied": found.applied,
        "successions": [
            {
                "from": s.source_agency,
                "to": s.to,
                "on": day(s).isoformat(),
                "fields": s.fields,
                "areas": s.areas,
                "confirmed": s.confirmed,
            }
            for s in plan.successions
        ],
        **told,
    }


def lines(found: Preview, catalogue: Catalogue) -> Iterator[str]:
    """Yield the preview for people."""
    plan = found.plan
    yield f"{plan.title} ({plan.code}), áp dụng từ {found.first_day:%d/%m/%Y}"
    if found.refused:
        yield "Không thể áp dụng:"
        yield from (f"  - {reason}" for reason in found.refused)
        return
    names = _Names(restructured(catalogue, plan), found)
    if found.applied:
        yield "Đã áp dụng trước đây; áp dụng lại chỉ chuyển những gì còn lại."
    yield from _tickets(found, names)
    yield from _section("Người và chức năng chuyển theo", [_person(p, names) for p in found.people])
    yield from _section("Ủy quyền khi vắng mặt", [_absence(a) for a in found.absences])
    yield from _section("Quy tắc phân công nêu cơ quan cũ", [_rule(r, names) for r in found.rules])
    approvals = (
        f"{a.chain} ({names(a.agency)}): sau đó theo quy trình {a.heir_chain}" for a in found.approvals
    )
    yield from _section("Quy trình duyệt nêu cơ quan cũ", [*approvals])
    templates = (f"{t.name}: {names(t.agency)} → {names(t.heir)}" for t in found.templates)
    yield from _section("Mẫu trả lời chuyển theo", [*templates])
    profiles = (f"{p.territory}: {p.profile or 'chưa có, tạm dùng quy chế khác'}" for p in found.profiles)
    yield from _section("Quy chế theo địa giới", [*profiles])


class _Names:
    """Names of agencies on the day of the reorganisation."""

    def __init__(self, catalogue: Catalogue, found: Preview) -> None:
        self._names = {a.code: a.named(found.first_day).vi for a in catalogue.agencies.agencies}

    def __call__(self, code: str | None) -> str:
        return self._names[code] if code is not None else "theo quy tắc phân công"


def _tickets(found: Preview, names: _Names) -> Iterator[str]:
    total = sum(row.open for row in found.tickets)
    yield f"Phiếu đang mở chuyển sang cơ quan kế thừa: {total} (không thay đổi thời hạn nào)"
    for row in found.tickets:
        yield f"  {names(row.agency)} → {names(row.heir)}: {row.open} đang mở, {row.answered} đã trả lời chưa đóng"
        for part in row.parts:
            if part.field:
                yield f"    {part.field}, {part.area or 'không nêu địa bàn'}: {part.number}"


def _person(person: Any, names: _Names) -> str:
    heir = names(person.heir) if person.heir else "thôi giữ chức năng"
    return f"{person.name} <{person.email}>, {person.function}: {names(person.agency)} → {heir}"


def _absence(absence: Any) -> str:
    span = f"{absence.valid_from:%d/%m/%Y}-{absence.valid_to:%d/%m/%Y}"
    after = "kết thúc vì hai người về hai cơ quan" if absence.apart else "giữ nguyên"
    return f"{absence.person} ủy quyền {absence.substitute} ({span}): {after}"


def _rule(rule: Any, names: _Names) -> str:
    becomes = ", ".join(f"{field} → {names(heir)}" for field, heir in rule.becomes)
    return f"{rule.rule} ({rule.part}): {becomes}"


def _section(title: str, rows: list[str]) -> Iterator[str]:
    if rows:
        yield f"{title}: {len(rows)}"
        yield from (f"  {row}" for row in rows)
