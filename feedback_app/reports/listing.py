"""Which cases a report lists, each with its result, and how they add up. Pure.

A case is one round of a ticket. It is listed when it was open at the beginning of the period (carried over) or began
in it (arisen); its result is how it stood at the end. Carried over and arisen together are all results together.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from feedback_app.statistics.periods import Period

Line = Mapping[str, str]  # of ``cases.csv`` in the package of a period


class Result(StrEnum):
    """How a case stood at the end of the period."""

    SETTLED = "settled"
    REJECTED = "rejected"
    REDIRECTED = "redirected"
    BEYOND = "policy_backlog"
    WITHDRAWN = "withdrawn"
    OPEN = "open"
    OVERDUE = "overdue"


WORDS: Mapping[Result, str] = {
    Result.SETTLED: "đã giải quyết",
    Result.REJECTED: "đã trả lời, không giải quyết (có nêu lý do)",
    Result.REDIRECTED: "đã hướng dẫn sang kênh khác",
    Result.BEYOND: "vượt thẩm quyền, chờ sửa quy định",
    Result.WITHDRAWN: "doanh nghiệp đã rút",
    Result.OPEN: "đang giải quyết",
    Result.OVERDUE: "quá hạn",
}
DECIDED = frozenset({Result.SETTLED, Result.REJECTED, Result.REDIRECTED, Result.BEYOND})
WAITING = frozenset({Result.OPEN, Result.OVERDUE})


@dataclass(frozen=True, slots=True)
class Listed:
    """A case of the list; ``agency`` is who answered, else who held it at the end."""

    code: str
    round: int
    field: str
    agency: str
    carried: bool
    result: Result


@dataclass(slots=True)
class Flow:
    """How the cases of a list add up, in all and by field."""

    results: Counter[tuple[bool, Result]] = field(default_factory=Counter)
    by_field: Counter[tuple[str, bool, Result]] = field(default_factory=Counter)

    def add(self, case: Listed) -> None:
        self.results[case.carried, case.result] += 1
        self.by_field[case.field, case.carried, case.result] += 1

    @property
    def carried(self) -> int:
        return sum(n for (carried, _result), n in self.results.items() if carried)

    @property
    def arisen(self) -> int:
        return sum(n for (carried, _result), n in self.results.items() if not carried)

    @property
    def total(self) -> int:
        return self.results.total()

    def of(self, *results: Result, carried: bool | None = None) -> int:
        """Return how many have one of the results, of those carried over or arisen if asked."""
        found = ((was, result, n) for (was, result), n in self.results.items() if result in results)
        return sum(n for was, _result, n in found if carried is None or was == carried)


def listed(line: Line, period: Period, last: date) -> Listed | None:
    """Return the case of a line as the list of ``period`` shows it, as known at the end of ``last``.

    None for what is not listed: sensitive reports always, and what neither waited nor began in the period.
    """
    started, ended = date.fromisoformat(line["started_on"]), _date(line["ended_on"])
    if line["sensitive"] or started > last or (ended is not None and ended < period.first):
        return None
    if ended is None or ended > last:
        agency, result = line["open_agency"], _waiting(line, last)
    else:
        agency, result = _agency_on(line, ended), _ended(line)
    return Listed(line["case"], int(line["round"]), line["field"], agency, started < period.first, result)


def _ended(line: Line) -> Result:
    if not line["answered_on"]:
        return Result.WITHDRAWN
    outcome = line["outcome"]
    return Result(outcome) if outcome in set(Result) else Result.SETTLED


def _waiting(line: Line, last: date) -> Result:
    due = _date(line["open_due_on"])
    late = due is not None and due < last and not line["open_in_project"] and not _paused(line, last)
    return Result.OVERDUE if late else Result.OPEN


def _paused(line: Line, last: date) -> bool:
    spans = (span.split("..") for span in line["pauses"].split(";") if span)
    return any(
        date.fromisoformat(since) <= last and (not until or date.fromisoformat(until) > last)
        for since, until in spans
    )


def _agency_on(line: Line, on: date) -> str:
    """Return whose it was on that day: the old agency's until a reorganisation gave it to its heir."""
    spans = (span.split("..") for span in line["agencies"].split(";") if span)
    return next((agency for agency, until in spans if on < date.fromisoformat(until)), line["agency"])


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
