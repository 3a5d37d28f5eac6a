"""How well routing does on labelled texts.

A line of a set is ``{"id", "text", "lead"?, "kind"?, "accused"?}``; ``lead`` is a code, or several of which
any is right, and is resolved to whoever answers on the day.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from feedback_app.catalogue.packs import Catalogue, Directory
from feedback_app.routing.accusation import noticed
from feedback_app.routing.decide import route
from feedback_app.routing.matter import Decision, Matter


@dataclass(slots=True)
class Share:
    """How many of how many."""

    right: int = 0
    of: int = 0

    def add(self, hit: bool) -> None:
        self.right += hit
        self.of += 1

    @property
    def value(self) -> float:
        """Between 0 and 1; 0 when nothing was asked."""
        return self.right / self.of if self.of else 0.0


@dataclass(slots=True)
class Report:
    """Shares over one set, the pairs of confused agencies and the ids that went wrong."""

    first: Share = field(default_factory=Share)
    within_three: Share = field(default_factory=Share)
    kind: Share = field(default_factory=Share)
    sure: Share = field(default_factory=Share)
    triaged: Share = field(default_factory=Share)
    noticed: Share = field(default_factory=Share)
    false_alarms: Share = field(default_factory=Share)
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def evaluate(lines: Iterable[Mapping[str, Any]], catalogue: Catalogue, on: date) -> Report:
    """Route every line with kind and field inferred and compare with its labels."""
    report, directory = Report(), Directory(catalogue.agencies)
    for line in lines:
        _judge_notice(report, line)
        if "lead" in line:
            decision = route(Matter(text=line["text"]), catalogue, on)
            _judge_lead(report, line, decision, _expected(line["lead"], directory, on, decision.field))
            if "kind" in line:
                report.kind.add(decision.kind == line["kind"])
    return report


def _expected(lead: str | list[str], directory: Directory, on: date, inferred: str) -> list[str]:
    codes = [lead] if isinstance(lead, str) else lead
    return [code for code in (_alive(directory, code, on, inferred) for code in codes) if code]


def _alive(directory: Directory, code: str, on: date, inferred: str) -> str | None:
    try:
        return directory.resolve(code, on, field=inferred).code
    except LookupError:
        return None


def _judge_lead(report: Report, line: Mapping[str, Any], decision: Decision, expected: list[str]) -> None:
    if not expected:
        return  # its agency has ended and no heir is known: there is no right answer on that day
    hit = decision.lead.code in expected
    report.first.add(hit)
    report.within_three.add(any(c.agency.code in expected for c in decision.candidates))
    report.triaged.add(decision.needs_triage)
    if not decision.needs_triage:
        report.sure.add(hit)
    if not hit:
        report.confused[expected[0], decision.lead.code] += 1
        report.wrong.append(str(line["id"]))


def _judge_notice(report: Report, line: Mapping[str, Any]) -> None:
    if "accused" not in line:
        return
    heard = noticed(line["text"]) is not None
    (report.noticed if line["accused"] else report.false_alarms).add(heard)
    if heard != line["accused"]:
        report.wrong.append(str(line["id"]))
