"""What stands in the envelopes. Each document is read and written whole. Pure."""

from datetime import date
from enum import StrEnum
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from feedback_app.confidential.errors import Tampered

LONGEST_STORY = 20_000  # characters
LONGEST_MESSAGE = 8_000
MOST_FILES = 20


class Stage(StrEnum):
    """How far the work is: for readers only; the clear state says less."""

    RECEIVED = "received"
    TRIAGED = "triaged"
    ASSIGNED = "assigned"
    IN_REVIEW = "in_review"
    REFERRED = "referred"
    HANDED_OUT = "handed_out"
    CLOSED = "closed"


class OutcomeKind(StrEnum):
    """How a report ends."""

    SUBSTANTIATED = "substantiated"
    UNSUBSTANTIATED = "unsubstantiated"
    INSUFFICIENT = "insufficient"
    OUT_OF_SCOPE = "out_of_scope"
    HANDED_OUT = "handed_out"


class State(StrEnum):
    """What stands in the clear."""

    NEW = "new"
    IN_WORK = "in_work"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class CheckInAnswer(StrEnum):
    """Has anything happened since?"""

    NOTHING = "nothing"
    BETTER = "better"
    PRESSURE = "pressure"
    RETALIATION = "retaliation"


class Document(BaseModel):
    """Base: frozen, unknown keys refused, JSON in and out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def packed(self) -> bytes:
        return self.model_dump_json(exclude_defaults=True).encode()

    @classmethod
    def unpacked(cls, content: bytes) -> Self:
        """Return the document. Raises Tampered when it has another shape."""
        try:
            return cls.model_validate_json(content)
        except ValidationError:
            raise Tampered(cls.__name__) from None

    def but(self, **changes: Any) -> Self:
        """Return the document with ``changes``."""
        return self.model_copy(update=changes)


class Answers(Document):
    """The closed answers: codes of data/sealed.yaml, fields and procedures of the catalogue."""

    unit: str
    agency: str = ""
    field: str = ""
    procedure: str = ""
    step: str = ""
    asked: tuple[str, ...] = ()
    amount: str = ""
    paid: str = ""
    when: str = ""
    who_post: str = ""
    often: str = ""
    retaliation: bool = False
    confidential: bool = False


class File(Document):
    """A file under a random name; ``size`` in plain bytes, ``key`` of its own in hex."""

    name: str
    media_type: str
    size: int
    blob: str
    key: str
    original: bool = False  # the untouched one, kept as evidence beside the cleaned copy
    removed: tuple[str, ...] = ()  # kinds of hidden data taken out


class Message(Document):
    """One entry of the conversation."""

    by: str  # reporter | inspector
    kind: str  # question | answer | notice | check_in | identity
    week: date
    text: str = ""
    files: tuple[File, ...] = ()


class CheckIn(Document):
    days: int
    answer: CheckInAnswer
    week: date
    text: str = ""


class Outcome(Document):
    kind: OutcomeKind
    text: str
    week: date


class Shared(Document):
    """What reporter and inspectors both read."""

    nonce: str  # hides what is committed to in the register
    reporter: str = ""  # public key, hex; empty for what was handed in by others
    source: str = ""  # of what was handed in: which channel
    excluded: tuple[str, ...] = ()
    story: str
    files: tuple[File, ...] = ()
    messages: tuple[Message, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    identity_opened: tuple[date, ...] = ()
    outcome: Outcome | None = None
    withdrawn: bool = False

    def all_files(self) -> tuple[File, ...]:
        return (*self.files, *(file for message in self.messages for file in message.files))


class Note(Document):
    by: str  # seat id
    week: date
    kind: str  # note | assessment | referral | hand_out | assignment | recusal | hand_over | extension | export | …
    text: str = ""
    facts: dict[str, str] = {}


class IdentityRequest(Document):
    by: str
    reason: str
    week: date
    granted: bool | None = None
    answered_by: str = ""
    answer: str = ""
    opened: str = ""  # the identity, sealed to the asking seat alone, hex


class ExportRequest(Document):
    by: str
    recipient: str  # age public key
    redacted: bool
    week: date
    approved_by: str = ""
    signature: str = ""


class Working(Document):
    """The inspectors' work: the reporter's key does not open it."""

    stage: Stage = Stage.RECEIVED
    handler: str = ""
    readers: tuple[str, ...] = ()
    recused: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    links: tuple[str, ...] = ()
    extensions: tuple[int, ...] = ()
    identity_requests: tuple[IdentityRequest, ...] = ()
    exports: tuple[ExportRequest, ...] = ()
    read_messages: int = 0  # how many of the conversation's entries a reader has seen


class Identity(Document):
    """Who reports: kept apart, for custodians; empty for anonymous reports, of the same length."""

    given: bool = False
    name: str = ""
    tax_code: str = ""
    person: str = ""
    contact: str = ""
    proof: str = (
        ""  # how the enterprise can be recognised outside, e.g. a code word agreed with the custodian
    )
    files: tuple[File, ...] = ()
