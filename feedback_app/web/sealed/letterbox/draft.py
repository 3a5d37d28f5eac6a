"""A report while it is being written: it lives in the page's sealed hidden field, and nowhere here."""

from typing import Any, Self

from flask import g
from pydantic import ValidationError

from feedback_app.confidential.context import vault
from feedback_app.confidential.documents import Document
from feedback_app.confidential.errors import Tampered
from feedback_app.confidential.sealing import receipts, state
from feedback_app.confidential.uploads import Upload
from feedback_app.core import clock

CONFIDENTIAL, ANONYMOUS = "confidential", "anonymous"
YES = "yes"


class Draft(Document):
    """What has been answered so far, and at which step the page stands that carries it."""

    token: str
    at: str = "unit"
    returning: bool = False  # came from the check page to change one answer

    unit: str = ""
    identity: str = ""
    name: str = ""
    tax_code: str = ""
    person: str = ""
    contact: str = ""
    proof: str = ""
    excluded: tuple[str, ...] = ()
    agency: str = ""
    field: str = ""
    procedure: str = ""
    step: str = ""
    asked: tuple[str, ...] = ()
    amount: str = ""
    paid: str = ""
    when: str = ""
    often: str = ""
    who_post: str = ""
    retaliation: str = ""
    story: str = ""
    files: tuple[dict[str, Any], ...] = ()

    @classmethod
    def new(cls, **given: Any) -> Self:
        return cls(token=receipts.new_token().hex(), **given)

    @property
    def confidential(self) -> bool:
        return self.identity == CONFIDENTIAL

    @property
    def uploads(self) -> tuple[Upload, ...]:
        return tuple(Upload.unpack(plain) for plain in self.files)


def sealed(purpose: str, values: dict[str, Any]) -> str:
    """Return the hidden field's text; what was sealed for one purpose does not open for another."""
    return state.seal_state({"for": purpose, **values}, vault().state_key, clock.now())


def unsealed(purpose: str, text: str) -> dict[str, Any]:
    """Return the values. Raises Tampered, StateExpired."""
    values = state.open_state(text, vault().state_key, clock.now())
    if values.pop("for", "") != purpose:
        raise Tampered(purpose)
    return values


def opened(text: str) -> Draft:
    """Return the draft a page carried. Raises Tampered, StateExpired."""
    try:
        return Draft.model_validate(unsealed("draft", text))
    except ValidationError:
        raise Tampered("draft") from None


def packed(draft: Draft) -> str:
    return sealed("draft", draft.model_dump(mode="json", exclude_defaults=True))


def language() -> str:
    return "en" if g.get("lang") == "en" else "vi"
