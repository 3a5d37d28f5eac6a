"""What is to be routed and what routing says about it: plain, frozen data."""

from dataclasses import dataclass

from feedback_app.catalogue.packs import LocalText


@dataclass(frozen=True, slots=True)
class Matter:
    """A filing as routing sees it. ``None`` for kind or field means: infer it from the text.

    ``concerned`` holds codes of the agencies the filing speaks about; neither they nor their
    family (successors, parents) may receive it.
    """

    kind: str | None = None
    field: str | None = None
    procedure: str | None = None
    area: str | None = None
    text: str = ""
    concerned: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AgencyRef:
    """An agency under the name it bears on the day of the decision."""

    code: str
    name: LocalText


@dataclass(frozen=True, slots=True)
class Candidate:
    """An agency that could answer; ``score`` is between 0 and 1, ``why`` what spoke for it, as a sentence."""

    agency: AgencyRef
    score: float
    why: LocalText


@dataclass(frozen=True, slots=True)
class Decision:
    """Who answers, who helps, and why.

    ``candidates`` are exactly three living agencies, best first. ``triage_by`` is the code of the
    agency that sorts the filing when ``needs_triage``. ``sensitive`` filings are shown to nobody but
    the lead. ``reason`` is the sentence printed on the ticket.
    """

    kind: str
    field: str
    lead: AgencyRef
    coordinating: tuple[AgencyRef, ...]
    candidates: tuple[Candidate, ...]
    rule: str
    confidence: float
    needs_triage: bool
    triage_by: str
    sensitive: bool
    reason: LocalText
