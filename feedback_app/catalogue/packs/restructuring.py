"""A reorganisation put into the directory, and why one is refused. Pure."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from feedback_app.catalogue.packs.agencies import AgenciesPack, Agency, NamePeriod, Succession
from feedback_app.catalogue.packs.catalogue import Catalogue
from feedback_app.catalogue.packs.reorganisation import Handover, NewAgency, Rename, Reorganisation, Step

ONE_DAY = timedelta(days=1)


def restructured(catalogue: Catalogue, plan: Reorganisation) -> Catalogue:
    """Return the catalogue once ``plan`` is in it; a plan that is in it already changes nothing.

    The plan must have no ``refusals``; the result is not checked otherwise: dump its packs and ``assemble`` them.
    """
    known = {agency.code: agency for agency in catalogue.agencies.agencies}
    for new in plan.new_agencies:
        known.setdefault(new.code, _begun(new))
    for rename in plan.renames:
        known[rename.agency] = _renamed(known[rename.agency], rename)
    for code in plan.predecessors:
        known[code] = _handed_over(known[code], plan)
    agencies = catalogue.agencies.model_copy(update={"agencies": tuple(known.values())})
    return catalogue.model_copy(update={"agencies": agencies})


def refusals(catalogue: Catalogue, plan: Reorganisation) -> tuple[str, ...]:
    """Return why ``plan`` cannot be put into the directory, one sentence a reason; none: it can."""
    unknown = tuple(_unknown(catalogue, plan))
    if unknown:
        return unknown
    checks = (_taken, _untimely, _absent_heirs, _circles, _splits)
    return tuple(reason for check in checks for reason in check(catalogue, plan))


def day(step: Step) -> date:
    """Return the day of a completed line."""
    if step.on is None:
        raise ValueError("the reorganisation was not completed")
    return step.on


def succession(step: Handover) -> Succession:
    """Return the line as the directory keeps it."""
    return Succession(
        to=step.to,
        starts=day(step),
        fields=step.fields,
        areas=step.areas,
        confirmed=bool(step.confirmed),
        source=step.source or "",
    )


def _begun(new: NewAgency) -> Agency:
    name = NamePeriod(valid_from=day(new), vi=new.vi, en=new.en)
    return Agency(
        code=new.code,
        type=new.type,
        names=(name,),
        parent=new.parent,
        confirmed=bool(new.confirmed),
        source=new.source or "",
    )


def _renamed(agency: Agency, rename: Rename) -> Agency:
    if any(period.valid_from == day(rename) for period in agency.names):
        return agency
    period = NamePeriod(
        valid_from=day(rename),
        vi=rename.vi,
        en=rename.en,
        type=rename.type,
        parent=rename.parent,
        confirmed=bool(rename.confirmed),
        source=rename.source,
    )
    return agency.model_copy(update={"names": (*agency.names, period)})


def _handed_over(agency: Agency, plan: Reorganisation) -> Agency:
    steps = plan.handovers_of(agency.code)
    fresh = tuple(s for step in steps if not _recorded(agency, step) for s in (succession(step),))
    changed: dict[str, object] = {"successors": (*agency.successors, *fresh)}
    if agency.code not in plan.continues:
        changed["valid_to"] = agency.valid_to or max(day(step) for step in steps) - ONE_DAY
    return agency.model_copy(update=changed)


def _recorded(agency: Agency, step: Handover) -> bool:
    """Whether the line is in the directory already, whoever confirmed it since."""
    return any(
        (s.to, s.starts, s.fields, s.areas) == (step.to, step.on, step.fields, step.areas)
        for s in agency.successors
    )


def _unknown(catalogue: Catalogue, plan: Reorganisation) -> Iterator[str]:
    agencies = {a.code for a in catalogue.agencies.agencies} | {new.code for new in plan.new_agencies}
    fields = {field.code for field in catalogue.fields.fields}
    areas = {area.code for area in catalogue.areas.areas}
    named = [code for step in plan.successions for code in (step.source_agency, step.to)]
    named += [rename.agency for rename in plan.renames] + [person.to for person in plan.people]
    parents = [*(r.parent for r in plan.renames), *(new.parent for new in plan.new_agencies)]
    named += [code for code in (*parents, *plan.continues) if code]
    sorts = (
        ("cơ quan", agencies, named),
        ("lĩnh vực", fields, [f for step in plan.successions for f in step.fields]),
        ("địa bàn", areas, [a for step in plan.successions for a in step.areas]),
    )
    for sort, known, used in sorts:
        for code in dict.fromkeys(used):
            if code not in known:
                yield f"Không có {sort} nào mang mã '{code}'."


def _taken(catalogue: Catalogue, plan: Reorganisation) -> Iterator[str]:
    known = {agency.code: agency for agency in catalogue.agencies.agencies}
    for new in plan.new_agencies:
        if new.code in known and known[new.code].valid_from != new.on:
            yield f"Mã '{new.code}' đã dùng cho cơ quan khác."


def _untimely(catalogue: Catalogue, plan: Reorganisation) -> Iterator[str]:
    known = {agency.code: agency for agency in catalogue.agencies.agencies}
    for step in plan.successions:
        agency = known.get(step.source_agency)
        if agency is not None and not _recorded(agency, step):
            yield from _too_early_or_late(agency, step, continues=agency.code in plan.continues)
    for rename in plan.renames:
        agency = known.get(rename.agency)
        if agency is None or any(_same_name(period, rename) for period in agency.names):
            continue
        last = agency.names[-1].valid_from
        if day(rename) <= last:
            yield f"'{agency.code}': tên mới từ {_vn(rename)} không sau tên gọi đã ghi từ {last:%d/%m/%Y}."
        if agency.valid_to is not None and day(rename) > agency.valid_to:
            ended = f"{agency.valid_to:%d/%m/%Y}"
            yield f"'{agency.code}' đã kết thúc hoạt động ngày {ended}, không thể đổi tên từ {_vn(rename)}."


def _too_early_or_late(agency: Agency, step: Handover, *, continues: bool) -> Iterator[str]:
    begun = [s.starts for s in agency.successors if s.starts > day(step)]
    last_day = day(step) - ONE_DAY
    if day(step) <= agency.valid_from:
        yield f"'{agency.code}' chưa có trước ngày {_vn(step)}."
    elif begun:
        yield (
            f"'{agency.code}' đã có sắp xếp áp dụng từ {min(begun):%d/%m/%Y}; "
            f"ngày {_vn(step)} sớm hơn nên không nhận."
        )
    elif agency.valid_to is not None and (continues or agency.valid_to != last_day):
        yield f"'{agency.code}' đã kết thúc hoạt động ngày {agency.valid_to:%d/%m/%Y}, không khớp ngày {_vn(step)}."


def _same_name(period: NamePeriod, rename: Rename) -> bool:
    return (period.valid_from, period.vi, period.en) == (rename.on, rename.vi, rename.en)


def _absent_heirs(catalogue: Catalogue, plan: Reorganisation) -> Iterator[str]:
    after = {agency.code: agency for agency in restructured(catalogue, plan).agencies.agencies}
    for step in plan.successions:
        if not after[step.to].exists(day(step)):
            yield f"Cơ quan kế thừa '{step.to}' không hoạt động vào ngày {_vn(step)}."


def _circles(catalogue: Catalogue, plan: Reorganisation) -> Iterator[str]:
    pack = restructured(catalogue, plan).agencies
    for code in plan.predecessors:
        if _leads_back(code, pack):
            yield f"Kế thừa vòng tròn: '{code}' lại nhận phần việc của chính mình."


def _leads_back(code: str, pack: AgenciesPack) -> bool:
    heirs = {agency.code: [s.to for s in agency.successors] for agency in pack.agencies}
    waiting, seen = list(heirs[code]), set[str]()
    while waiting:
        heir = waiting.pop()
        if heir == code:
            return True
        if heir not in seen:
            seen.add(heir)
            waiting += heirs[heir]
    return False


def _splits(catalogue: Catalogue, plan: Reorganisation) -> Iterator[str]:
    for code in plan.predecessors:
        steps = plan.handovers_of(code)
        if code in plan.ending and all(step.precision for step in steps):
            yield _gap(catalogue, code, steps)
        for one, other in combinations(steps, 2):
            if one.meets(other) and one.to != other.to:
                yield _overlap(code, one, other)


def _gap(catalogue: Catalogue, code: str, steps: tuple[Handover, ...]) -> str:
    given = {field for step in steps if not step.areas for field in step.fields}
    left = [field.code for field in catalogue.fields.fields if field.code not in given]
    what = f"lĩnh vực {', '.join(left)}" if left and given else "phần việc ngoài các địa bàn, lĩnh vực đã nêu"
    return f"'{code}' chia còn hở: {what} chưa có nơi nhận; cần một dòng chung (không fields, không areas)."


def _overlap(code: str, one: Handover, other: Handover) -> str:
    shared = [*sorted(set(one.fields) & set(other.fields)), *sorted(set(one.areas) & set(other.areas))]
    what = f"'{', '.join(shared)}'" if shared else "mọi phần việc còn lại"
    return f"'{code}' chia chồng: {what} được giao cho cả '{one.to}' và '{other.to}'."


def _vn(step: Step) -> str:
    return f"{day(step):%d/%m/%Y}"
