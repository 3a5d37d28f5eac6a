"""Which report first: points from the closed answers, each with its reason. Pure; a help, never a decision."""

from collections.abc import Mapping
from dataclasses import dataclass

from feedback_app.confidential.documents import Answers

POINTS: Mapping[str, Mapping[str, int]] = {
    "asked": {"money": 25, "goods": 20, "service": 15, "delay": 10, "favour": 15, "threat": 25},
    "amount": {"under_5m": 5, "5m_50m": 10, "50m_500m": 20, "over_500m": 30},
    "paid": {"paid": 10, "part": 10, "asked_again": 20, "refused": 5},
    "when": {"this_month": 15, "this_quarter": 10, "this_year": 5},
    "often": {"several": 10, "always": 15},
}
RETALIATION = 20
MOST = 100


@dataclass(frozen=True)
class Score:
    """0 to 100 points, and the answers (``question.choice``) that brought them."""

    points: int
    reasons: tuple[str, ...]


def score(answers: Answers) -> Score:
    """Return the score; of several things asked the heaviest counts."""
    found = [_heaviest(answers, question) for question in POINTS]
    brought = [(points, reason) for points, reason in found if points]
    if answers.retaliation:
        brought.append((RETALIATION, "retaliation"))
    return Score(min(MOST, sum(points for points, _ in brought)), tuple(reason for _, reason in brought))


def _heaviest(answers: Answers, question: str) -> tuple[int, str]:
    given = getattr(answers, question)
    choices = (given,) if isinstance(given, str) else given
    table = POINTS[question]
    return max(((table.get(choice, 0), f"{question}.{choice}") for choice in choices), default=(0, ""))
