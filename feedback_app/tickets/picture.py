"""The table of acts as a picture and as a page, so that documentation cannot differ from the rules."""

from collections import defaultdict
from collections.abc import Iterator

from feedback_app.tickets.lifecycle import BY_ITSELF, RULES, Act, Status

HEAD = """\
# The life of a ticket

Written by `feedback tickets lifecycle`; the source is `feedback_app/tickets/lifecycle.py`. Do not edit by hand.
"""


def page() -> str:
    """Return the page in Markdown: a Mermaid diagram of the moves, then every act with whose it is and when."""
    return "\n".join([HEAD, "```mermaid", *_diagram(), "```", "", *_table(), ""])


def _diagram() -> Iterator[str]:
    yield "stateDiagram-v2"
    yield f"    [*] --> {Status.RECEIVED}"
    for (source, target), acts in _moves().items():
        yield f"    {source} --> {target}: {', '.join(acts)}"
    for status in (Status.CLOSED, Status.WITHDRAWN):
        yield f"    {status} --> [*]"


def _moves() -> dict[tuple[Status, Status], list[str]]:
    """Return the acts that lead from one status to another, in the order of the statuses."""
    moves: defaultdict[tuple[Status, Status], list[str]] = defaultdict(list)
    for source in Status:
        for target in Status:
            if target in BY_ITSELF.get(source, ()):
                moves[source, target].append("(system)")
            for act, rule in RULES.items():
                if source in rule.when and target in rule.to:
                    moves[source, target].append(act)
    return moves


def _table() -> Iterator[str]:
    yield "| act | whose | when | with | without | leads to | sensitive reports |"
    yield "|---|---|---|---|---|---|---|"
    for act in Act:
        rule = RULES[act]
        to = _names(rule.to) if rule.to else ""
        needs, bars = ", ".join(sorted(rule.needs)), ", ".join(sorted(rule.bars))
        allowed = "yes" if rule.sensitive else "no"
        yield f"| {act} | {rule.by} | {_names(rule.when)} | {needs} | {bars} | {to} | {allowed} |"


def _names(statuses: frozenset[Status]) -> str:
    if statuses == frozenset(Status):
        return "always"
    return ", ".join(status for status in Status if status in statuses)
