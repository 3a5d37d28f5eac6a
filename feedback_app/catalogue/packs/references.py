"""What no single pack can see: whether every code one pack uses exists where it should."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from feedback_app.catalogue.packs.agencies import Agency
from feedback_app.catalogue.packs.catalogue import Catalogue
from feedback_app.catalogue.packs.errors import Finding, Loc
from feedback_app.catalogue.packs.routing import DISTRICT, Rule
from feedback_app.catalogue.packs.shape import Kind


def findings(catalogue: Catalogue) -> Iterator[Finding]:
    """Yield everything wrong between the packs, lazily; nothing where all is well."""
    checks = (
        _duplicates,
        _agencies,
        _approvals,
        _areas,
        _fields,
        _programme,
        _regulations,
        _routing,
        _vocabulary,
        _indicators,
    )
    return chain.from_iterable(check(catalogue) for check in checks)


def without_ladder(catalogue: Catalogue) -> Iterator[Finding]:
    """Yield the profiles that say nobody is to be reminded: files must say who, stored older versions need not."""
    for profile in catalogue.regulations:
        if profile.ladder is None:
            problem = "thiếu 'ladder' (bậc thang nhắc việc)"
            yield Finding(
                f"regulations/{profile.code}", (), problem, "mục ladder với confirmed, source, rungs"
            )


class _Codes:
    """The codes of one sort of thing, and the finding for a code that is none of them."""

    def __init__(self, sort: str, codes: Iterable[str | int]) -> None:
        self._sort, self._codes = sort, frozenset(codes)

    def unknown(self, pack: str, loc: Loc, *used: str | int | None) -> Iterator[Finding]:
        for code in used:
            if code is not None and code not in self._codes:
                expected = f"một mã {self._sort} đã khai báo"
                yield Finding(pack, loc, f"không có {self._sort} '{code}'", expected)


def _agency_codes(c: Catalogue) -> _Codes:
    return _Codes("cơ quan", (a.code for a in c.agencies.agencies))


def _area_codes(c: Catalogue) -> _Codes:
    return _Codes("địa bàn", (a.code for a in c.areas.areas))


def _field_codes(c: Catalogue) -> _Codes:
    return _Codes("lĩnh vực", (f.code for f in c.fields.fields))


def _task_numbers(c: Catalogue) -> _Codes:
    return _Codes("nhiệm vụ", (t.number for t in c.fields.tasks))


def _duplicates(c: Catalogue) -> Iterator[Finding]:
    yield from _twice("agencies", ("agencies",), [a.code for a in c.agencies.agencies])
    yield from _twice("areas", ("territories",), [t.code for t in c.areas.territories])
    yield from _twice("areas", ("areas",), [a.code for a in c.areas.areas])
    yield from _twice("fields", ("kinds",), [k.code for k in c.fields.kinds])
    yield from _twice("fields", ("tasks",), [t.number for t in c.fields.tasks])
    yield from _twice("fields", ("fields",), [f.code for f in c.fields.fields])
    yield from _twice("fields", ("procedures",), [p.code for p in c.fields.procedures])
    for edition in c.indicators:
        name = f"indicators/{edition.code}"
        yield from _twice(name, ("sub_indices",), [s.number for s in edition.sub_indices])
        yield from _twice(name, ("periods",), [p.code for p in edition.periods])
        yield from _twice(name, ("indicators",), [i.code for i in edition.indicators])
        for n, indicator in enumerate(edition.indicators):
            yield from _twice(name, ("indicators", n, "components"), [p.id for p in indicator.components])


def _twice(pack: str, loc: Loc, codes: Sequence[str | int]) -> Iterator[Finding]:
    counts = Counter(codes)
    for code in (code for code, times in counts.items() if times > 1):
        second = [n for n, other in enumerate(codes) if other == code][1]
        yield Finding(pack, (*loc, second), f"'{code}' được khai báo hai lần", "mỗi mã một lần")


def _agencies(c: Catalogue) -> Iterator[Finding]:
    known = _agency_codes(c)
    for role, code in c.agencies.roles:
        yield from known.unknown("agencies", ("roles", role), code)
    by_code = {agency.code: agency for agency in c.agencies.agencies}
    for n, agency in enumerate(c.agencies.agencies):
        loc: Loc = ("agencies", n)
        yield from known.unknown("agencies", (*loc, "parent"), agency.parent)
        for m, period in enumerate(agency.names):
            yield from known.unknown("agencies", (*loc, "names", m, "parent"), period.parent)
        yield from _successions(c, agency, (*loc, "successors"), by_code)


def _successions(c: Catalogue, agency: Agency, loc: Loc, by_code: dict[str, Agency]) -> Iterator[Finding]:
    known, fields, areas = _agency_codes(c), _field_codes(c), _area_codes(c)
    for n, succession in enumerate(agency.successors):
        yield from known.unknown("agencies", (*loc, n, "to"), succession.to)
        yield from fields.unknown("agencies", (*loc, n, "fields"), *succession.fields)
        yield from areas.unknown("agencies", (*loc, n, "areas"), *succession.areas)
        heir = by_code.get(succession.to)
        if heir is None:
            continue
        if succession.starts < heir.valid_from:
            problem = f"'{heir.code}' chưa có vào ngày {succession.starts:%d/%m/%Y}"
            yield Finding("agencies", (*loc, n, "starts"), problem, f"ngày từ {heir.valid_from:%d/%m/%Y}")
        if _leads_back(agency.code, heir.code, by_code):
            yield Finding(
                "agencies",
                (*loc, n, "to"),
                f"kế thừa vòng tròn qua '{heir.code}'",
                "chuỗi kế thừa có kết thúc",
            )


def _leads_back(target: str, start: str, by_code: dict[str, Agency]) -> bool:
    waiting, seen = [start], set[str]()
    while waiting:
        code = waiting.pop()
        if code == target:
            return True
        if code in by_code and code not in seen:
            seen.add(code)
            waiting.extend(s.to for s in by_code[code].successors)
    return False


def _approvals(c: Catalogue) -> Iterator[Finding]:
    known = _agency_codes(c)
    for n, approval in enumerate(c.approvals.chains):
        yield from known.unknown("approvals", ("chains", n, "agencies"), *approval.agencies)


def _areas(c: Catalogue) -> Iterator[Finding]:
    agencies, areas = _agency_codes(c), _area_codes(c)
    territories = _Codes("địa giới", (t.code for t in c.areas.territories))
    for n, area in enumerate(c.areas.areas):
        yield from agencies.unknown("areas", ("areas", n, "agency"), area.agency)
        yield from areas.unknown("areas", ("areas", n, "parent"), area.parent)
        yield from territories.unknown("areas", ("areas", n, "territory"), area.territory)
        if area.valid_to is not None and area.valid_to < area.valid_from:
            yield Finding(
                "areas", ("areas", n, "valid_to"), "valid_to trước valid_from", "ngày sau valid_from"
            )


def _fields(c: Catalogue) -> Iterator[Finding]:
    agencies, fields, tasks = _agency_codes(c), _field_codes(c), _task_numbers(c)
    missing = sorted(set(Kind) - {kind.code for kind in c.fields.kinds})
    if missing:
        yield Finding("fields", ("kinds",), f"thiếu loại phản ánh: {', '.join(missing)}", "đủ các loại")
    for n, task in enumerate(c.fields.tasks):
        yield from agencies.unknown("fields", ("tasks", n), *task.lead, *task.coordinating)
    for n, field in enumerate(c.fields.fields):
        yield from tasks.unknown("fields", ("fields", n, "task"), field.task)
    for n, procedure in enumerate(c.fields.procedures):
        yield from fields.unknown("fields", ("procedures", n, "field"), procedure.field)


def _programme(c: Catalogue) -> Iterator[Finding]:
    """The programme and the list of who leads what name the same tasks."""
    tasks, told = _task_numbers(c), {task.number for task in c.programme.tasks}
    for n, task in enumerate(c.programme.tasks):
        yield from tasks.unknown("programme", ("tasks", n, "number"), task.number)
    for task_of in c.fields.tasks:
        if task_of.number not in told:
            problem = f"thiếu nhiệm vụ {task_of.number}"
            yield Finding("programme", ("tasks",), problem, "mọi nhiệm vụ của fields.yaml")


def _regulations(c: Catalogue) -> Iterator[Finding]:
    territories = _Codes("địa giới", (t.code for t in c.areas.territories))
    for profile in c.regulations:
        yield from territories.unknown(f"regulations/{profile.code}", ("territory",), profile.territory)
    in_order = sorted(c.regulations, key=lambda p: (p.territory, p.valid_from))
    for earlier, later in pairwise(in_order):
        same = earlier.territory == later.territory
        if same and (earlier.valid_to is None or earlier.valid_to >= later.valid_from):
            problem = f"trùng thời gian hiệu lực với '{earlier.code}' trên cùng địa giới"
            yield Finding(
                f"regulations/{later.code}", ("valid_from",), problem, "ngày sau valid_to của quy chế trước"
            )


def _routing(c: Catalogue) -> Iterator[Finding]:
    agencies, pack = _agency_codes(c), c.routing
    yield from agencies.unknown("routing", ("fallbacks",), *pack.fallbacks)
    yield from agencies.unknown("routing", ("sensitive_fallbacks",), *pack.sensitive_fallbacks)
    for n, rule in enumerate(pack.rules):
        yield from _rule(c, rule, ("rules", n))


def _rule(c: Catalogue, rule: Rule, loc: Loc) -> Iterator[Finding]:
    agencies = _agency_codes(c)
    procedures = _Codes("thủ tục", (p.code for p in c.fields.procedures))
    yield from _field_codes(c).unknown("routing", (*loc, "fields"), *rule.fields)
    yield from procedures.unknown("routing", (*loc, "procedures"), *rule.procedures)
    yield from _area_codes(c).unknown("routing", (*loc, "areas"), *rule.areas)
    lead = None if rule.lead == DISTRICT else rule.lead
    yield from agencies.unknown("routing", (*loc, "lead"), lead)
    yield from agencies.unknown("routing", (*loc, "otherwise"), rule.otherwise)
    yield from agencies.unknown("routing", (*loc, "coordinating"), *rule.coordinating)
    yield from _task_numbers(c).unknown("routing", (*loc, "source", "task"), rule.source.task)


def _vocabulary(c: Catalogue) -> Iterator[Finding]:
    sorts = {
        "fields": _field_codes(c),
        "agencies": _agency_codes(c),
        "areas": _area_codes(c),
    }
    for part, known in sorts.items():
        for code in getattr(c.vocabulary, part):
            yield from known.unknown("vocabulary", (part, code), code)


def _indicators(c: Catalogue) -> Iterator[Finding]:
    for edition in c.indicators:
        numbers = _Codes("chỉ số thành phần", (s.number for s in edition.sub_indices))
        for n, indicator in enumerate(edition.indicators):
            loc: Loc = ("indicators", n)
            yield from numbers.unknown(f"indicators/{edition.code}", (*loc, "sub_index"), indicator.sub_index)
            yield from _edition_named(c, edition.code, indicator.edition, (*loc, "edition"))


def _edition_named(c: Catalogue, own: str, named: str | None, loc: Loc) -> Iterator[Finding]:
    """A definition stands in the file of its edition: its key is (edition, sub-index)."""
    known = _Codes("ấn bản", (edition.code for edition in c.indicators))
    yield from known.unknown(f"indicators/{own}", loc, named)
    if named is not None and named != own:
        problem = f"định nghĩa của ấn bản '{named}' đặt trong tệp của '{own}'"
        yield Finding(f"indicators/{own}", loc, problem, f"edition: {own}")


def without_mirrors(catalogue: Catalogue) -> Iterator[Finding]:
    """Yield definitions without edition or what they mirror: files must say, stored older ones need not."""
    for edition in catalogue.indicators:
        for n, indicator in enumerate(edition.indicators):
            loc: Loc = ("indicators", n)
            if indicator.edition is None:
                yield Finding(
                    f"indicators/{edition.code}", loc, "thiếu 'edition'", f"edition: {edition.code}"
                )
            for m, part in enumerate(indicator.components):
                if part.mirrors is None:
                    problem = f"thành phần '{part.id}' thiếu 'mirrors'"
                    expected = "mirrors: {vi, en}, điều PCI hỏi mà thành phần phản chiếu"
                    yield Finding(f"indicators/{edition.code}", (*loc, "components", m), problem, expected)
