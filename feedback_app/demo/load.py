"""Some 400 sample tickets from 2024 to today, only ever into an empty embedded database."""

from datetime import date, datetime, timedelta
from operator import itemgetter
from random import Random

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from feedback_app.accounts.models import Enterprise, User
from feedback_app.catalogue import store
from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.core.outbox import OutboxDelivery
from feedback_app.demo import accounts, dialogues, inspections, library, pulses, reports, waiting
from feedback_app.demo.matters import matters
from feedback_app.demo.story import Stage, Story, at_hour, tell
from feedback_app.tickets.models import Ticket

SEED = 1814
MONTHS_PUBLISHED = 3  # those before are published within the hour
# how many tickets since when: few long ago, enough in the last two months for their figures to mean something
PERIODS = ((date(2024, 2, 20), 50), (date(2026, 1, 2), 40), (date(2026, 9, 21), 80), (date(2026, 11, 1), 100))


def is_empty(session: Session) -> bool:
    """Say whether nobody has used this database yet."""
    return not session.scalar(select(exists().where(User.id > 0))) and not session.scalar(
        select(exists().where(Ticket.id > 0))
    )


def load(session: Session) -> int:
    """Create accounts and tickets; return how many tickets."""
    random = Random(SEED)  # the same story each time
    until = clock.now()
    enterprise = _enterprise(session)
    loaded = store.current(session)
    actors = accounts.create(session, loaded, enterprise, at=until)
    stage = Stage(session, loaded, actors, enterprise, random, until)
    stories: list[tuple[datetime, Story]] = [(moment, tell) for moment in _moments(random, until)]
    stories += waiting.heap(random, until) + waiting.unclear(random, until)
    for received_at, told in sorted(stories, key=itemgetter(0)):
        told(stage, received_at)
        session.flush()
        session.expunge_all()  # what is told need not be looked at again at each flush
    library.fill(stage)
    inspections.fill(session, loaded, actors["thanhtra"], at=until)
    pulses.fill(session, loaded, actors["daumoi"], at=until, seed=SEED)
    dialogues.fill(session, loaded, actors, at=until)
    _settle_outbox(session, until)
    return len(stories)


def _enterprise(session: Session) -> Enterprise:
    filer_type, name, _place = matters().enterprises[0]
    enterprise = Enterprise(filer_type=filer_type, name=name, identifier="0000000000")
    session.add(enterprise)
    session.flush()
    return enterprise


def _moments(random: Random, until: datetime) -> list[datetime]:
    """Return moments of working hours, all before ``until``."""
    ends = [*(since for since, _ in PERIODS[1:]), clock.local_date(until)]
    moments = []
    for (since, number), end in zip(PERIODS, ends, strict=True):
        span = max((end - since).days, 1)
        moments += [at_hour(since + timedelta(days=random.randrange(span)), random) for _ in range(number)]
    return [moment for moment in moments if moment < until]


def _settle_outbox(session: Session, at: datetime) -> None:
    """Mark as done what the stories set in motion: nobody is to be notified of them."""
    session.execute(update(OutboxDelivery).where(OutboxDelivery.done_at.is_(None)).values(done_at=at))


def refresh_figures() -> None:
    """Compute the figures of the past months and the brief of this morning, as the nightly jobs would have."""
    from feedback_app.briefing import jobs as briefing
    from feedback_app.briefing.services import writing
    from feedback_app.monitor import jobs as monitor
    from feedback_app.opendata import jobs as publishing
    from feedback_app.reports import jobs as making_reports
    from feedback_app.statistics import jobs

    jobs.refresh()
    monitor.look()
    briefing.weigh()
    with unit_of_work() as session:
        writing.write(session, store.current(session), clock.now())
        reports.ask(session, session.scalars(select(User.id).order_by(User.id)).first() or 0)
        _settle_outbox(session, clock.now())
    making_reports.make_reports()
    publishing.publish_due(MONTHS_PUBLISHED)
