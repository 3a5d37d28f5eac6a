"""The approval chain of one agency, or of all that have none of their own, put into a new state.

A draft that was handed in keeps the chain it was handed in under, so a change is for what is handed in from then on.
"""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, cast

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from feedback_app.catalogue import packs
from feedback_app.catalogue.editing import APPROVALS, set_chains
from feedback_app.catalogue.load import newest_of
from feedback_app.catalogue.models import PackVersion
from feedback_app.catalogue.packs.approvals import ApprovalsPack, StepKind
from feedback_app.core import audit
from feedback_app.core.errors import Invalid, NotFound


@dataclass(frozen=True, slots=True)
class Step:
    """Who may take a step (codes of functions) and what it is called."""

    functions: tuple[str, ...]
    vi: str
    en: str


def with_chain(
    chains: Sequence[dict[str, Any]], agency: str | None, steps: Sequence[Step]
) -> list[dict[str, Any]]:
    """Return the chains with that of ``agency`` (None: the common one) replaced; no steps: it takes the common one.

    Raises:
        Invalid: the common chain would have no step.
    """
    if agency is None:
        if not steps:
            raise Invalid(_("Quy trình chung phải có ít nhất một bước."))
        return [chain if chain["agencies"] else chain | {"steps": _steps(steps)} for chain in chains]
    rest = [left for chain in chains if (left := _without(chain, agency)) is not None]
    if not steps:
        return rest
    own = {"code": f"of-{agency}", "agencies": [agency], "steps": _steps(steps)}
    return [own, *(chain for chain in rest if chain["code"] != own["code"])]


def preview(session: Session, agency: str | None, steps: Sequence[Step]) -> ApprovalsPack:
    """Return the chains as they would be, without storing them.

    Raises:
        Invalid: they break a rule of chains.
    """
    content = _content(session)
    try:
        parsed = packs.parse(APPROVALS, content | {"chains": with_chain(content["chains"], agency, steps)})
    except packs.PackError as error:
        raise Invalid(error.problem) from None
    return cast("ApprovalsPack", parsed)


def change(
    session: Session,
    agency: str | None,
    steps: Sequence[Step],
    *,
    reason: str,
    seen_version: int,
    by_id: int,
) -> PackVersion:
    """Put the chain of ``agency`` (None: the common one) into its new state; no steps: it takes the common one.

    Raises:
        Conflict: somebody changed the chains meanwhile.
        Invalid: they break a rule of chains, or name an agency that there is not.
    """
    chains = with_chain(_content(session)["chains"], agency, steps)
    row = set_chains(session, chains, reason=reason.strip(), seen_version=seen_version, by_id=by_id)
    facts = {"version": row.version, "steps": [list(step.functions) for step in steps]}
    audit.record(
        session, "approvals.changed", at=row.loaded_at, actor_id=by_id, subject=agency or "common", **facts
    )
    return row


def _steps(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """Return the steps as the pack holds them: all but the last approve, the last one sends."""
    last = len(steps)
    return [
        {
            "code": "issue" if n == last else f"approve-{n}",
            "kind": StepKind.ISSUE if n == last else StepKind.APPROVE,
            "functions": list(step.functions),
            "note": {"vi": step.vi, "en": step.en or step.vi},
        }
        for n, step in enumerate(steps, 1)
    ]


def _without(chain: dict[str, Any], agency: str) -> dict[str, Any] | None:
    """Return the chain without the agency; None where it was of that agency alone."""
    if agency not in chain["agencies"]:
        return chain
    others = [code for code in chain["agencies"] if code != agency]
    return chain | {"agencies": others} if others else None


def _content(session: Session) -> dict[str, Any]:
    row = newest_of(session, APPROVALS)
    if row is None:
        raise NotFound(APPROVALS)
    return deepcopy(row.content)
