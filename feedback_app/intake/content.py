"""What a draft holds: plain data of the form's steps, written and read as JSON."""

from dataclasses import dataclass
from dataclasses import field as kept
from datetime import date

from pydantic import TypeAdapter

from feedback_app.core.files import TakenIn


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What routing said of the draft: agency by name in both languages, why, on which day."""

    kind: str
    field: str
    agency_vi: str
    agency_en: str
    reason_vi: str
    reason_en: str
    triage: bool
    on: date


@dataclass(slots=True, kw_only=True)
class Content:
    """The answers so far; empty is what was not answered yet."""

    kind: str = ""
    title: str = ""
    body: str = ""
    accusing: bool = False
    accusation: str | None = None
    neighbour: str | None = None
    concerned: list[str] = kept(default_factory=list)
    concerned_asked: bool = False
    field: str = ""
    field_chosen: bool = False
    procedure: str = ""
    area: str = ""
    area_typed: str = ""  # by which old name the area was found
    dossier_code: str = ""
    promised_on: date | None = None
    letters: str = ""
    channel: str = ""
    channel_code: str = ""
    files: list[TakenIn] = kept(default_factory=list)
    by_letter: bool = False
    filer_type: str = ""
    name: str = ""
    identifier: str = ""
    on_behalf_of: str = ""
    contact_name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    hide_identity: bool = False
    publish_consent: bool = False
    suggestion: Suggestion | None = None

    @property
    def text(self) -> str:
        """Return the filer's words, as routing reads them."""
        return f"{self.title}\n{self.body}".strip()


_ADAPTER = TypeAdapter(Content)


def packed(content: Content) -> bytes:
    return _ADAPTER.dump_json(content)


def unpacked(data: bytes) -> Content:
    return _ADAPTER.validate_json(data)
