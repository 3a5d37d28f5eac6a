"""Where the visits of one enterprise in one year break the rule of the year, or two agencies want the same."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from feedback_app.catalogue.packs.inspections import OTHER, Form, VisitLimit, YearRule


class State(StrEnum):
    """How far a visit has come; a dropped one stays on record and counts nowhere."""

    PLANNED = "planned"
    DONE = "done"
    DROPPED = "dropped"


class Reason(StrEnum):
    """Why people should talk, in the order of weight."""

    TOO_MANY = "too_many"  # more visits than the rule of the year allows
    BOTH_FORMS = "both_forms"  # inspected and checked on the same content
    SAME_CONTENT = "same_content"  # two agencies want the same content


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit as the rules see it. ``decision``: number and date, by which two tellers mean the same team."""

    id: int
    form: Form
    agency: str
    joined: frozenset[str] = frozenset()
    contents: frozenset[str] = frozenset()
    words: str = ""
    decision: str = ""
    exception: str = ""
    state: State = State.PLANNED

    @property
    def topics(self) -> frozenset[str]:
        """What it is about; content outside the closed list by its words."""
        listed = self.contents - {OTHER}
        return listed | {f"{OTHER}:{self.words}"} if OTHER in self.contents and self.words else listed


@dataclass(frozen=True, slots=True)
class Finding:
    """What should be looked at.

    ``visits``: ids in order, of ``teams`` teams; ``agencies``: whom to bring together, by code; ``topics`` and
    ``limit`` where they are the reason; ``open``: something of it has not taken place and can still be changed.
    """

    reason: Reason
    visits: tuple[int, ...]
    teams: int
    agencies: tuple[str, ...]
    topics: tuple[str, ...] = ()
    limit: VisitLimit | None = None
    open: bool = True


@dataclass(frozen=True, slots=True)
class _Team:
    """One team on the road: a visit, or all that bear the same decision."""

    visits: tuple[Visit, ...]

    @property
    def form(self) -> Form:
        return self.visits[0].form

    @property
    def leads(self) -> frozenset[str]:
        return frozenset(visit.agency for visit in self.visits)

    @property
    def topics(self) -> frozenset[str]:
        return frozenset().union(*(visit.topics for visit in self.visits))

    def is_excused(self, rule: YearRule) -> bool:
        return any(visit.exception in rule.exceptions for visit in self.visits)


Teams = tuple[_Team, ...]


def findings(visits: Iterable[Visit], rule: YearRule | None) -> tuple[Finding, ...]:
    """Return what is to be looked at among the visits of one enterprise in one year.

    Args:
        rule: of that year; without one, only colliding plans are found.
    """
    teams = _teams(visit for visit in visits if visit.state is not State.DROPPED)
    found = list(_beyond(teams, rule)) if rule is not None else []
    return (*found, *_colliding(teams))


def _teams(visits: Iterable[Visit]) -> Teams:
    """Return the teams in order of their first visit: a joint team that two agencies tell of is one."""
    together: dict[tuple[str, object], list[Visit]] = defaultdict(list)
    for visit in sorted(visits, key=lambda one: one.id):
        together[visit.form, visit.decision or visit.id].append(visit)
    return tuple(_Team(tuple(told)) for told in together.values())


def _beyond(teams: Teams, rule: YearRule) -> Iterator[Finding]:
    """Yield what the rule does not allow; who claims one of its exceptions is not counted."""
    counted = tuple(team for team in teams if not team.is_excused(rule))
    for limit in rule.limits:
        of_forms = tuple(team for team in counted if team.form in limit.forms)
        if len(of_forms) > limit.most:
            yield _finding(Reason.TOO_MANY, of_forms, limit=limit)
    if rule.same_content_once:
        for sharing, topics in _sharing(counted, lambda group: len({team.form for team in group}) > 1):
            yield _finding(Reason.BOTH_FORMS, sharing, topics)


def _colliding(teams: Teams) -> Iterator[Finding]:
    """Yield where agencies want the same, whatever the rule allows: they had better go together."""
    for sharing, topics in _sharing(teams, _of_different_agencies):
        yield _finding(Reason.SAME_CONTENT, sharing, topics)


def _of_different_agencies(teams: Teams) -> bool:
    return any(one.leads.isdisjoint(other.leads) for one, other in combinations(teams, 2))


def _sharing(teams: Teams, wrong: Callable[[Teams], bool]) -> Iterator[tuple[Teams, tuple[str, ...]]]:
    """Yield the groups that share a topic and are ``wrong``, each once with all the topics it shares."""
    topics: dict[Teams, list[str]] = defaultdict(list)
    for topic in sorted(frozenset().union(*(team.topics for team in teams))):
        topics[tuple(team for team in teams if topic in team.topics)].append(topic)
    yield from ((group, tuple(shared)) for group, shared in topics.items() if wrong(group))


def _finding(
    reason: Reason, teams: Sequence[_Team], topics: tuple[str, ...] = (), limit: VisitLimit | None = None
) -> Finding:
    visits = [visit for team in teams for visit in team.visits]
    agencies = frozenset().union(*({visit.agency} | visit.joined for visit in visits))
    return Finding(
        reason,
        tuple(sorted(visit.id for visit in visits)),
        len(teams),
        tuple(sorted(agencies)),
        topics,
        limit,
        open=any(visit.state is State.PLANNED for visit in visits),
    )
