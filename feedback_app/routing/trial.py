"""What one more rule would do, asked of matters that were routed without it."""

from datetime import date

from feedback_app.catalogue.packs import Catalogue
from feedback_app.catalogue.packs.routing import Rule
from feedback_app.routing.latest import Latest
from feedback_app.routing.matter import AgencyRef, Matter
from feedback_app.routing.rules import Case, RuleBook, assign, fits, rule_words

_rule_book = Latest(RuleBook)


class Trial:
    """A rule that would stand first, its words compiled once for many matters."""

    def __init__(self, rule: Rule, catalogue: Catalogue) -> None:
        self._rule = rule
        self._book = _rule_book(catalogue)
        self._matcher = rule_words([rule], catalogue.vocabulary)

    def lead(self, matter: Matter, on: date) -> AgencyRef | None:
        """Return whom the rule would give ``matter`` (of known kind and field) on that day; None: it does not fit."""
        text = self._book.lexica.read(matter.text)
        words = frozenset(hit.phrase.text for hit in self._matcher.hits(text, nested=True))
        area = matter.area
        if area is None:
            area = next((hit.phrase.tag for hit in self._book.lexica.areas.hits(text)), None)
        case = Case(matter.kind or "", matter.field or "", matter.procedure, area, words)
        if not fits(self._rule, case):
            return None
        agency = assign(self._rule, case, self._book, on).agency
        return AgencyRef(agency.code, agency.name)


def spoken(text: str, field: str, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the words of ``text`` that speak for ``field``, as its author wrote them, in the order of the text."""
    lexica = _rule_book(catalogue).lexica
    read = lexica.read(text)
    hits = (hit for hit in lexica.fields.hits(read) if hit.phrase.tag == field and hit.score > 0)
    return tuple(dict.fromkeys(read.quote(hit.first, hit.last) for hit in hits))
