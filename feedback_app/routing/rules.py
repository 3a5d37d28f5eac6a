"""Which rule fits a matter, and whom it names on a given day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from feedback_app.catalogue.packs import AgencyOnDay, Catalogue, Directory
from feedback_app.catalogue.packs.areas import Area
from feedback_app.catalogue.packs.routing import DISTRICT, Rule, VocabularyPack
from feedback_app.routing.lexica import Lexica, compiled
from feedback_app.routing.phrases import Matcher, Phrase, Text

_MADE_GUESS = 0.75  # certainty that is left where a district's heir is not known and the department stands in


class RuleBook:
    """The rules with their words compiled, asked for one text at a time."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.rules = catalogue.routing.rules
        self.directory = Directory(catalogue.agencies)
        self.areas = {area.code: area for area in catalogue.areas.areas}
        self.lexica: Lexica = compiled(catalogue.vocabulary)
        self._matcher = rule_words(self.rules, catalogue.vocabulary)

    def words_in(self, text: Text) -> frozenset[str]:
        """The rule words that occur in ``text``."""
        return frozenset(hit.phrase.text for hit in self._matcher.hits(text, nested=True))


def rule_words(rules: Iterable[Rule], vocabulary: VocabularyPack) -> Matcher:
    every = {word for rule in rules for word in (*rule.words.any, *rule.words.all, *rule.words.none)}
    return Matcher((Phrase("rule", 1.0, word) for word in sorted(every)), vocabulary.abbreviations)


@dataclass(frozen=True, slots=True)
class Case:
    """What rules are compared with: the given facts and the rule words found in the text."""

    kind: str
    field: str
    procedure: str | None
    area: str | None
    words: frozenset[str]


def first_fitting(rules: Iterable[Rule], case: Case) -> Rule:
    """The first rule whose every condition holds; the last row of the pack has none, so there is one."""
    return next(rule for rule in rules if fits(rule, case))


def fits(rule: Rule, case: Case) -> bool:
    return (
        (not rule.kinds or case.kind in rule.kinds)
        and (not rule.fields or case.field in rule.fields)
        and (not rule.procedures or case.procedure in rule.procedures)
        and (not rule.areas or case.area in rule.areas)
        and (not rule.words.any or not case.words.isdisjoint(rule.words.any))
        and case.words.issuperset(rule.words.all)
        and case.words.isdisjoint(rule.words.none)
    )


@dataclass(frozen=True, slots=True)
class Assigned:
    """The agency a rule names on a day, and how sure the rule is of it."""

    agency: AgencyOnDay
    certainty: float


def assign(rule: Rule, case: Case, book: RuleBook, on: date) -> Assigned:
    """Who leads by ``rule`` on ``on``; a local matter goes to the agency of its area while there is one."""
    field = rule.resolve_as or case.field
    if rule.lead != DISTRICT:
        return Assigned(book.directory.resolve(rule.lead, on, field, case.area), rule.certainty)
    local = local_agency(case.area, book, on)
    if local is not None:
        return Assigned(local, rule.certainty)
    stand_in = book.directory.resolve(rule.otherwise or "", on, field, case.area)
    return Assigned(stand_in, rule.certainty * _MADE_GUESS)


def local_agency(area: str | None, book: RuleBook, on: date) -> AgencyOnDay | None:
    """The district or commune that administers ``area`` on that day, if one is known."""
    place = book.areas.get(area or "")
    code = _administrator(place, on)
    if code is None:
        return None
    try:
        agency = book.directory.resolve(code, on, area=area)
    except LookupError:
        return None
    return agency if agency.type in ("district", "commune") else None


def _administrator(place: Area | None, on: date) -> str | None:
    return place.agency if place is not None and place.exists(on) else None
