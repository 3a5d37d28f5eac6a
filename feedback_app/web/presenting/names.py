"""Names of agencies, fields and kinds in the reader's language."""

from datetime import date
from typing import Protocol

from feedback_app.catalogue.packs.shape import one
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock
from feedback_app.core.i18n import language


class InTwoLanguages(Protocol):
    def in_language(self, language: str, /) -> str: ...


def local(text: InTwoLanguages) -> str:
    """Return ``text`` in the reader's language."""
    return text.in_language(language())


def agency_name(loaded: Loaded, agency: int | str | None, on: date | None = None) -> str:
    """Return the name that the agency (id or code) bears on ``on``, by default today; ``""`` for ``None``."""
    if agency is None:
        return ""
    code = loaded.agency_codes[agency] if isinstance(agency, int) else agency
    found = one(loaded.catalogue.agencies.agencies, code, "cơ quan")
    return local(found.named(on or clock.today()).name)


def field_name(loaded: Loaded, code: str) -> str:
    return local(loaded.catalogue.fields.field(code).name)


def kind_name(loaded: Loaded, code: str) -> str:
    return local(loaded.catalogue.fields.kind(code).name)


def procedure_name(loaded: Loaded, code: str | None) -> str:
    return local(loaded.catalogue.fields.procedure(code).name) if code else ""


def area_name(loaded: Loaded, code: str | None) -> str:
    return local(loaded.catalogue.areas.area(code).name) if code else ""
