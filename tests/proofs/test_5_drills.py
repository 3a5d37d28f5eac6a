"""Proof 5, second half: ceremonies killed at ten statements and done again: no report is lost."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from feedback_app.confidential import store
from feedback_app.confidential.application import create_core
from feedback_app.confidential.context import vault as here
from feedback_app.confidential.errors import NotFound, WrongShares
from feedback_app.confidential.sealing import receipts, shares
from feedback_app.confidential.services import conversing, opening, shelving
from feedback_app.confidential.services.ceremonies import keeping, offline, seats
from feedback_app.confidential.services.ceremonies.offline import NewSeat
from feedback_app.core import clock
from tests.confidential.world import BODY, CHEAP, PASSPHRASES, PEOPLE, World, file_report
from tests.proofs.killing import killed, statements, ten_points

TODAY = clock.today()
REPORTS = 6


@dataclass
class Drill:
    """A body with reports; ``secrets`` are those of which one is pinned now."""

    world: World
    secrets: list[bytes]
    stories: dict[str, str] = field(default_factory=dict)

    def file(self, number: int, token: bytes | None = None) -> None:
        done = file_report(self.world, story=f"Chuyện {number}", token=token)
        self.stories[done.code] = f"Chuyện {number}"

    @property
    def secret(self) -> bytes:
        return next(secret for secret in self.secrets if self._is_pinned(secret))

    def _is_pinned(self, secret: bytes) -> bool:
        try:
            offline.checked(store.session(), BODY, secret)
        except WrongShares:
            return False
        return True

    def lost(self) -> int:
        """Return how many reports do not open with their receipt, or not for the head."""
        store.db.session.remove()
        an = self.world.unlock("an")
        told = {conversing.look(store.session(), code, on=TODAY).story for code in self.stories}
        read = {report.shared.story for report in opening.readable(store.session(), an)}
        wrong = list(keeping.verify(store.session(), BODY, self.secret))
        store.db.session.remove()
        assert wrong == []
        return len(set(self.stories.values()) - (told & read))


@pytest.fixture
def drill(world) -> Drill:
    made = Drill(world, [world.secret])
    for number in range(REPORTS):
        made.file(number)
    store.db.session.remove()
    return made


def rotation(drill: Drill) -> None:
    with store.unit_of_work() as session:
        keeping.rotate(session, BODY, drill.secret, drill.secrets[-1], on=TODAY)
    keeping.settle_pins(store.session(), BODY)


def leaving(drill: Drill) -> None:
    with store.unit_of_work() as session:
        seat = offline.checked(session, BODY, drill.secret)[0].named(PEOPLE["binh"][0])
        if seat is None:
            raise NotFound
        seats.remove(session, BODY, drill.secret, seat.id, on=TODAY)


def recovery(drill: Drill) -> None:
    with store.unit_of_work() as session:
        seat = drill.world.seat("chi")
        seats.recover(session, BODY, drill.secret, seat, PASSPHRASES["chi"], on=TODAY)


def put_away(_drill: Drill) -> None:
    with store.unit_of_work() as session:
        shelving.put_away(session)
    shelving.compact()


def _before(drill: Drill, ceremony: Callable[[Drill], None]) -> None:
    """Bring about what the ceremony needs: a fresh secret, somebody who can leave, something to put away."""
    if ceremony is rotation:
        drill.secrets = [drill.secret, shares.new_secret()]
    with store.unit_of_work() as session:
        if (
            ceremony is leaving
            and offline.checked(session, BODY, drill.secret)[0].named(PEOPLE["binh"][0]) is None
        ):
            new = NewSeat(PEOPLE["binh"][0], "Thanh tra tỉnh", PEOPLE["binh"][1], PASSPHRASES["binh"])
            seats.add(session, BODY, drill.secret, new, open_cases=True, on=TODAY)
    store.db.session.remove()


@pytest.mark.parametrize("ceremony", [rotation, leaving, recovery, put_away], ids=lambda each: each.__name__)
def test_a_ceremony_killed_at_any_of_ten_points_loses_nothing(drill, ceremony, large, shows):
    def elsewhere() -> None:
        with create_core(here().settings, argon_kib=CHEAP).app_context():
            ceremony(drill)

    _before(drill, ceremony)
    count = statements(elsewhere)
    lost = drill.lost()
    kills = 0
    points = ten_points(count)[:: 1 if large else 3]
    for point in points:
        _before(drill, ceremony)
        kills += killed(elsewhere, point)
        drill.file(REPORTS + point)
        lost += drill.lost()
    _before(drill, ceremony)
    ceremony(drill)
    lost += drill.lost()
    shows(5, f"{ceremony.__name__}: {kills} kills at statements 1 to {count}, reports lost", lost)
    assert kills >= len(points) - 1
    assert lost == 0


def test_a_filing_killed_at_any_point_and_sent_again_is_one_report(drill, large, shows):
    token = [receipts.new_token()]

    def elsewhere() -> None:
        with create_core(here().settings, argon_kib=CHEAP).app_context():
            file_report(drill.world, story="Chuyện bị ngắt", token=token[0])

    count, lost, kills = statements(elsewhere), 0, 0
    drill.stories[receipts.from_token(token[0], here().receipt_key)] = "Chuyện bị ngắt"
    for number, point in enumerate(ten_points(count)[:: 1 if large else 3], 1):
        token[0] = receipts.new_token()
        kills += killed(elsewhere, point)
        drill.file(1000 + number, token[0])
        lost += drill.lost()
    an = drill.world.unlock("an")
    found = [report.shared.story for report in opening.readable(store.session(), an)]
    shows(
        5, f"filing: {kills} kills, sent again, reports lost or doubled", lost + len(found) - len(set(found))
    )
    assert lost == 0
    assert len(found) == len(set(found)) == len(drill.stories)
