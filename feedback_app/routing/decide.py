"""The decision: who answers a matter on a day, who else could, and why."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeAlias

from feedback_app.catalogue.packs import AgencyOnDay, Catalogue, Directory, LocalText
from feedback_app.catalogue.packs.routing import Rule
from feedback_app.routing import wording
from feedback_app.routing.accusation import noticed
from feedback_app.routing.inference import Reading, infer
from feedback_app.routing.kinds import kind_of
from feedback_app.routing.latest import Latest
from feedback_app.routing.matter import AgencyRef, Candidate, Decision, Matter
from feedback_app.routing.rules import Assigned, Case, RuleBook, assign, first_fitting

_FIELDS_WEIGHED = 5
_HELPER = 0.22  # what a field's share gives its coordinating agency
_NAMED = 0.12  # what naming an agency in the text gives it
_FILLER = 0.01
_GIVEN = 0.75  # share of a field the filer chose
_CLEAR = 0.6  # share from which the words clearly speak of one field
_CANDIDATES = 3

_rule_book = Latest(RuleBook)


def route(matter: Matter, catalogue: Catalogue, on: date) -> Decision:
    """Decide who leads ``matter`` on ``on``.

    The same matter, catalogue and day always give the same decision. Agencies concerned and their
    families are neither lead, coordinating, candidate nor triage.

    Raises:
        LookupError: ``matter`` names an agency the catalogue does not have, or nobody existed on that day.
    """
    return _Routing(matter, catalogue, on).decision()


def explain(matter: Matter, catalogue: Catalogue, on: date) -> dict[str, Any]:
    """The decision as the command line prints it: names and reason in Vietnamese."""
    d = route(matter, catalogue, on)
    return {
        "kind": d.kind,
        "field": d.field,
        "lead": {"code": d.lead.code, "name": d.lead.name.vi},
        "coordinating": [{"code": a.code, "name": a.name.vi} for a in d.coordinating],
        "candidates": [
            {"code": c.agency.code, "name": c.agency.name.vi, "score": c.score} for c in d.candidates
        ],
        "rule": d.rule,
        "confidence": d.confidence,
        "needs_triage": d.needs_triage,
        "sensitive": d.sensitive,
        "reason": d.reason.vi,
    }


@dataclass(frozen=True, slots=True)
class _Claim:
    """A field's share of the matter, and the rule and agency that follow from it."""

    share: float
    rule: Rule
    case: Case
    assigned: Assigned


Voice: TypeAlias = tuple[float, Callable[[], LocalText]]  # how loudly, and what


class _Routing:
    """One matter on its way to a decision."""

    def __init__(self, matter: Matter, catalogue: Catalogue, on: date) -> None:
        self.matter, self.catalogue, self.on = matter, catalogue, on
        self.pack = catalogue.routing
        self.book = _rule_book(catalogue)
        self.text = self.book.lexica.read(matter.text)
        self.reading: Reading = infer(self.text, self.book.lexica)
        self.accused = noticed(matter.text) is not None
        self.kind = matter.kind or kind_of(self.reading, self.accused, self.pack.thresholds.kind_score)
        self.shares = _weighed(self.reading.fields, matter.field)
        self.barred = _families(matter.concerned, self.book.directory)

    @property
    def directory(self) -> Directory:
        return self.book.directory

    def decision(self) -> Decision:
        claims = self._claims()
        best = claims[0]
        sensitive_kind = self.kind in self.pack.sensitive_kinds
        scores = self._scores(claims)
        lead, moved = self._lead(best, sensitive_kind)
        confidence = 0.0 if moved and not sensitive_kind else self._confidence(best, sensitive_kind)
        coordinating = () if sensitive_kind else self._coordinating(best, lead)
        reason = self._reason(best, moved=moved)
        voices = self._voices(claims) | {lead.code: (1.0, lambda: reason)}
        return Decision(
            kind=self.kind,
            field=best.case.field,
            lead=_ref(lead),
            coordinating=coordinating,
            candidates=self._candidates(lead, scores, voices, sensitive_kind),
            rule=best.rule.code,
            confidence=round(confidence, 3),
            needs_triage=confidence < self.pack.thresholds.triage_below,
            triage_by=self._triage().code,
            sensitive=sensitive_kind or self.accused,
            reason=reason,
        )

    def _reason(self, claim: _Claim, *, moved: bool) -> LocalText:
        facts = wording.Facts(
            phrases=self.reading.phrases.get(claim.case.field, ()),
            field=claim.case.field,
            moved=moved,
            alike=self.matter.field is None and claim.case.field != "other",
        )
        return wording.reason(claim.rule, facts, self.catalogue)

    def _voices(self, claims: list[_Claim]) -> dict[str, Voice]:
        """What speaks for each agency: of several things the one that weighs most."""
        voices: dict[str, Voice] = {}
        for claim in claims:
            led = partial(self._reason, claim, moved=False)
            _louder(voices, claim.assigned.agency.code, claim.share * claim.assigned.certainty, led)
            for code in claim.rule.coordinating:
                helps = partial(wording.helping, claim.rule, claim.case.field, self.catalogue)
                _louder(voices, self._alive(code, claim.case).code, claim.share * _HELPER, helps)
        for code in self.reading.agencies:
            if (named := self._living(code)) is not None:
                _louder(voices, named.code, _NAMED, lambda: wording.NAMED)
        return voices

    def _claims(self) -> list[_Claim]:
        words = self.book.words_in(self.text)
        area = self.matter.area or next(iter(self.reading.areas), None)
        claims = []
        for field, share in list(self.shares.items())[:_FIELDS_WEIGHED]:
            case = Case(self.kind, field, self.matter.procedure, area, words)
            rule = first_fitting(self.pack.rules, case)
            claims.append(_Claim(share, rule, case, assign(rule, case, self.book, self.on)))
        return claims

    def _scores(self, claims: list[_Claim]) -> dict[str, float]:
        scores: dict[str, float] = defaultdict(float)
        for claim in claims:
            scores[claim.assigned.agency.code] += claim.share * claim.assigned.certainty
            for code in claim.rule.coordinating:
                scores[self._alive(code, claim.case).code] += claim.share * _HELPER
        for code in self.reading.agencies:
            named = self._living(code)
            if named is not None:
                scores[named.code] += _NAMED
        return scores

    def _alive(self, code: str, case: Case) -> AgencyOnDay:
        return self.directory.resolve(code, self.on, case.field, case.area)

    def _living(self, code: str, field: str | None = None) -> AgencyOnDay | None:
        try:
            return self.directory.resolve(code, self.on, field, self.matter.area)
        except LookupError:
            return None

    def _lead(self, best: _Claim, sensitive_kind: bool) -> tuple[AgencyOnDay, bool]:
        """The lead, and whether another than the rule's had to be taken."""
        if best.assigned.agency.code not in self.barred:
            return best.assigned.agency, False
        stand_ins = [self.directory.provincial_office(self.on), *self._fallbacks(sensitive_kind)]
        if not sensitive_kind:
            stand_ins.insert(0, self.directory.inspectorate(self.on))
        free = (agency for agency in stand_ins if agency.code not in self.barred)
        return next(free, None) or self._anyone(), True

    def _anyone(self) -> AgencyOnDay:
        free = (agency for agency in self.directory.active(self.on) if agency.code not in self.barred)
        agency = next(free, None)
        if agency is None:
            raise LookupError("Mọi cơ quan đều nằm trong danh sách được nêu; không còn nơi tiếp nhận.")
        return agency

    def _confidence(self, best: _Claim, sensitive_kind: bool) -> float:
        if sensitive_kind:
            return best.assigned.certainty
        given = self.matter.field
        if given is not None and self._contradicted(given):
            return min(best.share * best.assigned.certainty, self.pack.thresholds.triage_below * 0.9)
        return best.share * best.assigned.certainty

    def _contradicted(self, given: str) -> bool:
        """Whether the words clearly speak of another field than the filer chose."""
        top, share = next(iter(self.reading.fields.items()))
        said = self.reading.fields.get(given, 0.0)
        return top not in (given, "other") and share > _CLEAR and said < self.pack.thresholds.contradiction

    def _coordinating(self, best: _Claim, lead: AgencyOnDay) -> tuple[AgencyRef, ...]:
        agencies = {
            agency.code: agency
            for code in best.rule.coordinating
            if (agency := self._living(code, best.case.field)) is not None
        }
        return tuple(
            _ref(agency) for code, agency in agencies.items() if code != lead.code and code not in self.barred
        )

    def _candidates(
        self,
        lead: AgencyOnDay,
        scores: dict[str, float],
        voices: dict[str, Voice],
        sensitive_kind: bool,
    ) -> tuple[Candidate, ...]:
        """The lead first, then the best of the others, filled up from the fallbacks."""
        ranked = [] if sensitive_kind else sorted(scores, key=lambda code: (-scores[code], code))
        others = [code for code in ranked if code != lead.code]
        fillers = [
            agency.code for agency in (*self._fallbacks(sensitive_kind), *self.directory.active(self.on))
        ]
        codes = [c for c in dict.fromkeys([lead.code, *others, *fillers]) if c not in self.barred]
        top = max([*scores.values(), _FILLER])
        return tuple(
            Candidate(
                self._ref_of(code),
                _score(code, lead.code, scores, top, sensitive_kind),
                voices[code][1]() if code in voices else wording.STAND_IN,
            )
            for code in codes[:_CANDIDATES]
        )

    def _ref_of(self, code: str) -> AgencyRef:
        return _ref(self.directory.resolve(code, self.on, area=self.matter.area))

    def _fallbacks(self, sensitive_kind: bool) -> list[AgencyOnDay]:
        codes = self.pack.sensitive_fallbacks if sensitive_kind else self.pack.fallbacks
        return [agency for code in codes if (agency := self._living(code)) is not None]

    def _triage(self) -> AgencyOnDay:
        focal, office = self.directory.focal_point(self.on), self.directory.provincial_office(self.on)
        agencies = (focal, office, self.directory.inspectorate(self.on))
        return next((a for a in agencies if a.code not in self.barred), None) or self._anyone()


def _weighed(shares: dict[str, float], given: str | None) -> dict[str, float]:
    """Shares of the fields once the filer's own choice is counted."""
    if given is None:
        return shares
    rest = {field: share * (1 - _GIVEN) for field, share in shares.items() if field != given}
    own = _GIVEN + (1 - _GIVEN) * shares.get(given, 0.0)
    return {given: own, **rest}


def _louder(voices: dict[str, Voice], code: str, weight: float, why: Callable[[], LocalText]) -> None:
    if code not in voices or weight > voices[code][0]:
        voices[code] = (weight, why)


def _families(concerned: frozenset[str], directory: Directory) -> frozenset[str]:
    return frozenset().union(*(directory.family(code) for code in concerned))


def _score(code: str, lead: str, scores: dict[str, float], top: float, sensitive_kind: bool) -> float:
    if sensitive_kind:
        return 1.0 if code == lead else _FILLER
    if code == lead:
        return round(min(1.0, top), 3)
    return round(min(max(scores.get(code, 0.0), _FILLER), top), 3)


def _ref(agency: AgencyOnDay) -> AgencyRef:
    return AgencyRef(agency.code, agency.name)
