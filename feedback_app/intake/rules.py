"""Who may file and what their identifiers look like. An identifier that fails earns a hint, never a refusal."""

from dataclasses import dataclass
from enum import StrEnum

WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)  # of the first nine digits of a tax code
ENTERPRISE_DIGITS = 10
BRANCH_DIGITS = 13
PERSONAL_DIGITS = 12


class FilerType(StrEnum):
    """In which capacity somebody files."""

    ENTERPRISE = "enterprise"
    BRANCH = "branch"
    HOUSEHOLD = "household"
    COOPERATIVE = "cooperative"
    INVESTOR = "investor"  # whose enterprise is not established yet
    ASSOCIATION = "association"
    REPRESENTATIVE = "representative"
    CALLER = "caller"  # somebody on the telephone, typed in by staff


class Fault(StrEnum):
    """What looks wrong with an identifier."""

    CHECK_DIGIT = "check_digit"
    LENGTH = "length"
    NOT_DIGITS = "not_digits"


@dataclass(frozen=True, slots=True)
class Hint:
    """Why an identifier looks mistyped: ``expected`` digits by the type, ``found`` in what was typed."""

    fault: Fault
    filer_type: FilerType
    expected: int
    found: int


_TAX_CODES = {
    FilerType.ENTERPRISE: ENTERPRISE_DIGITS,
    FilerType.BRANCH: BRANCH_DIGITS,
    FilerType.COOPERATIVE: ENTERPRISE_DIGITS,
    FilerType.ASSOCIATION: ENTERPRISE_DIGITS,
    FilerType.REPRESENTATIVE: ENTERPRISE_DIGITS,
}


def identifier_hint(filer_type: FilerType, typed: str) -> Hint | None:
    """Return what looks wrong with ``typed`` for that type, ``None`` when nothing does or nothing was typed.

    Blanks, dots and dashes between digits do not matter. A household business has twelve digits, or the tax code
    of ten or thirteen it had before; an investor or a caller has no identifier that could be checked.
    """
    digits = "".join(c for c in typed if c not in " .-")
    if not digits or filer_type in {FilerType.INVESTOR, FilerType.CALLER}:
        return None
    expected = _TAX_CODES.get(filer_type, PERSONAL_DIGITS)
    if not (digits.isascii() and digits.isdigit()):
        return Hint(Fault.NOT_DIGITS, filer_type, expected, sum(c.isdigit() for c in digits))
    if len(digits) not in _lengths(filer_type, expected):
        return Hint(Fault.LENGTH, filer_type, expected, len(digits))
    if len(digits) != PERSONAL_DIGITS and not has_check_digit(digits[:ENTERPRISE_DIGITS]):
        return Hint(Fault.CHECK_DIGIT, filer_type, expected, len(digits))
    return None


def has_check_digit(tax_code: str) -> bool:
    """Say whether the tenth digit of a tax code follows from the nine before it: 10 − Σ(digit × weight) mod 11."""
    total = sum(int(digit) * weight for digit, weight in zip(tax_code, WEIGHTS, strict=False))
    return 10 - total % 11 == int(tax_code[9])


def _lengths(filer_type: FilerType, expected: int) -> frozenset[int]:
    if filer_type is FilerType.HOUSEHOLD:
        return frozenset({PERSONAL_DIGITS, ENTERPRISE_DIGITS, BRANCH_DIGITS})
    if filer_type is FilerType.REPRESENTATIVE:  # of anybody
        return frozenset({ENTERPRISE_DIGITS, BRANCH_DIGITS, PERSONAL_DIGITS})
    return frozenset({expected})
