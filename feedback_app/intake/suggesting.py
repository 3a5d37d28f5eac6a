"""Before sending: which field and agency the words speak for, and which agencies a report names."""

from datetime import date

from feedback_app.catalogue.packs import Catalogue, Directory
from feedback_app.core.text import words
from feedback_app.intake.content import Content, Suggestion
from feedback_app.routing.decide import route
from feedback_app.routing.matter import Matter

UNSURE = "other"


def suggest(content: Content, catalogue: Catalogue, on: date) -> Suggestion:
    """Return what routing will say of this draft, as far as it goes, if it is filed on that day."""
    matter = Matter(
        kind=content.kind,
        field=content.field or None,
        procedure=content.procedure or None,
        area=content.area or None,
        text=content.text,
        concerned=frozenset(content.concerned),
    )
    decision = route(matter, catalogue, on)
    return Suggestion(
        kind=decision.kind,
        field=decision.field,
        agency_vi=decision.lead.name.vi,
        agency_en=decision.lead.name.en,
        reason_vi=decision.reason.vi,
        reason_en=decision.reason.en,
        triage=decision.needs_triage,
        on=on,
    )


def guessed_kind(text: str, catalogue: Catalogue, on: date) -> str:
    """Return the kind that the words speak for, never a sensitive one: that is the filer's own choice."""
    kind = route(Matter(text=text), catalogue, on).kind
    return "obstacle" if kind in catalogue.routing.sensitive_kinds else kind


def named_agencies(text: str, catalogue: Catalogue, on: date) -> list[str]:
    """Return codes of living agencies that ``text`` names, in the order of the directory."""
    said = f" {' '.join(words(text))} "
    directory = Directory(catalogue.agencies)
    found = {
        code for code, names in catalogue.vocabulary.agencies.items() if any(_says(said, n) for n in names)
    }
    found |= {a.code for a in directory.active(on) if _says(said, a.name.vi)}
    living = {heir for code in found if (heir := _living(directory, code, on)) is not None}
    return [agency.code for agency in directory.active(on) if agency.code in living]


def _says(said: str, name: str) -> bool:
    return f" {' '.join(words(name))} " in said


def _living(directory: Directory, code: str, on: date) -> str | None:
    try:
        return directory.resolve(code, on).code
    except LookupError:
        return None
