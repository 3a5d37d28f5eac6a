"""The mail of the brief, and words of leaders that no ticket's history tells: numbers and links only."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Function
from feedback_app.accounts.models import User
from feedback_app.briefing import queries
from feedback_app.briefing.models import LeaderWord
from feedback_app.catalogue import store
from feedback_app.core.outbox import Payload
from feedback_app.notifications import people, reaching
from feedback_app.notifications.people import Person
from feedback_app.notifications.reaching import Occasion
from feedback_app.notifications.rules import Channel, Letter
from feedback_app.notifications.services import dispatch

READERS = (Function.LEADERSHIP, Function.PROVINCIAL_OFFICE)


def written(session: Session, payload: Payload) -> None:
    """Mail the brief to the leaders and Văn phòng UBND tỉnh, at seven as it was written; twice is once."""
    found = queries.brief(session, date.fromisoformat(payload["day"]))
    if found is not None:
        readers = {person.user.id: person for f in READERS for person in people.holding(session, f)}
        occasion = Occasion(payload["day"], Letter.BRIEF, _numbers(found.content))
        _mail(session, occasion, (readers[user_id].user for user_id in sorted(readers)))


def word_given(session: Session, payload: Payload) -> None:
    """Tell the heads of the agency spoken of (of an obstacle, whoever prepares meetings) that there is a word."""
    word = session.get_one(LeaderWord, payload["word_id"])
    sort, _colon, key = word.subject.partition(":")
    told = _heads(session, key) if sort == "agency" else people.holding(session, Function.PROVINCIAL_OFFICE)
    told = told or people.holding(session, Function.FOCAL_POINT)
    occasion = Occasion(str(word.id), Letter.WORD, {"deed": word.deed, "obstacle": sort != "agency"})
    _mail(session, occasion, (person.user for person in told))


def _heads(session: Session, code: str) -> list[Person]:
    agency_id = store.current(session).agency_ids.get(code)
    if agency_id is None:
        return []
    return people.staff(session, {agency_id}).holding((Function.AGENCY_HEAD,), agency_id)


def _mail(session: Session, occasion: Occasion, users: Iterable[User]) -> None:
    told = list(users)
    wished = reaching.wishes(session, [user.id for user in told])
    wanting = (user for user in told if wished[user.id].mail and wished[user.id].digest)
    dispatch(session, [reaching.to_account(occasion, user, Channel.MAIL) for user in wanting])


def _numbers(content: dict[str, Any]) -> dict[str, Any]:
    return {
        "open": content["open"],
        "overdue": content["overdue"],
        "codes": [line["code"] for line in content["red"]],
        "slipping": len(content["slipping"]),
        "rising": bool(content["rising"]),
        "practice": bool(content["practice"]),
    }
