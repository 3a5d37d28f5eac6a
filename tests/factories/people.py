"""People with functions, enterprises with an account, and a browser that is signed in as one of them."""

from datetime import date
from itertools import count

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.accounts import sign_in as signing_in
from feedback_app.accounts.actor import Actor, Function
from feedback_app.accounts.models import Enterprise, FunctionHeld, User
from feedback_app.catalogue.models import Agency
from feedback_app.core import clock
from feedback_app.core.db import unit_of_work

_numbers = count(1)


def a_person(
    session: Session,
    function: Function | str = Function.OFFICER,
    agency: str | None = "so-xd",
    *,
    name: str = "",
    held_from: date = date(2024, 1, 1),
) -> User:
    """Return somebody who holds ``function`` in the agency of that code; committed, no usable password."""
    number = next(_numbers)
    agency_id = session.scalar(select(Agency.id).where(Agency.code == agency)) if agency else None
    user = User(
        email=f"nguoi-{number}@example.vn",
        name=name or f"Cán bộ {number}",
        password_hash="",
        created_at=clock.now(),
        enterprise_id=None,
    )
    with unit_of_work() as writing:
        writing.add(user)
        writing.flush()
        writing.add(
            FunctionHeld(
                user_id=user.id,
                function=Function(function),
                agency_id=agency_id,
                valid_from=held_from,
                valid_to=None,
            )
        )
    return user


def an_enterprise(
    session: Session, *, name: str = "Công ty TNHH Mẫu A", identifier: str = "4200000001"
) -> User:
    """Return the account of an enterprise; committed, no usable password."""
    number = next(_numbers)
    enterprise = Enterprise(filer_type="enterprise", identifier=identifier, name=name)
    user = User(
        email=f"doanh-nghiep-{number}@example.vn",
        name=f"Đại diện {number}",
        password_hash="",
        created_at=clock.now(),
    )
    with unit_of_work() as writing:
        writing.add(enterprise)
        writing.flush()
        user.enterprise_id = enterprise.id
        writing.add(user)
    return user


def actor_of(session: Session, user: User) -> Actor:
    """Return the person as the rules see one, read anew."""
    with unit_of_work() as writing:
        sid = signing_in.open_session(writing, user, hours=1, at=clock.now())
    session.expire_all()
    found = signing_in.user_of(session, sid, clock.now())
    assert found is not None
    return signing_in.actor_of(found)


def sign_in(client: FlaskClient, user: User) -> FlaskClient:
    """Sign the browser in as ``user`` without the form, which its own tests look at."""
    with unit_of_work() as writing:
        sid = signing_in.open_session(writing, user, hours=1, at=clock.now())
    with client.session_transaction() as cookie:
        cookie["_user_id"] = sid
        cookie["_fresh"] = True
    return client
