"""Kinds as the pages need them."""

from feedback_app.catalogue.packs import Kind
from feedback_app.tickets.services.opening import SENSITIVE_KINDS
from feedback_app.web.intake.desk import catalogue, said


def is_sensitive(kind: str) -> bool:
    """Say whether the kind is read by the inspectorate alone."""
    return kind in SENSITIVE_KINDS


def name_of(kind: str) -> str:
    return said(catalogue().fields.kind(kind).name)


def choices() -> list[tuple[str, str]]:
    return [(row.code.value, said(row.name)) for row in catalogue().fields.kinds]


def explanations() -> dict[str, str]:
    return {row.code.value: said(row.explanation) for row in catalogue().fields.kinds}


INFORMAL_COST = Kind.INFORMAL_COST.value
OVERDUE_DOSSIER = Kind.OVERDUE_DOSSIER.value
