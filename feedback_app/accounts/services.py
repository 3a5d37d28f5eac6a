"""Accounts: invitations to hold a function, enterprises that sign up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from feedback_app.accounts import mailbox
from feedback_app.accounts.actor import Function
from feedback_app.accounts.events import SignUpRepeated
from feedback_app.accounts.models import Enterprise, FunctionHeld, Invitation, User
from feedback_app.accounts.profile import change_password
from feedback_app.accounts.sign_in import hashed
from feedback_app.core import audit, clock, outbox
from feedback_app.core.errors import Invalid, NotFound
from feedback_app.core.security import keyed_hash, new_code

INVITATION_DAYS = 7
PROVINCE_WIDE = frozenset({Function.ADMINISTRATOR, Function.AUDITOR, Function.LEADERSHIP})


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUp:
    """An enterprise that opens an account."""

    email: str
    person: str
    password: str
    filer_type: str
    enterprise_name: str
    identifier: str = ""
    phone: str = ""
    locale: str = "vi"


def invite(
    session: Session,
    *,
    email: str,
    name: str,
    function: Function,
    agency_id: int | None,
    at: datetime,
    by_id: int | None = None,
) -> str:
    """Invite a person to hold ``function``; return the code of the invitation, which is not stored.

    Raises:
        Invalid: the function is held in an agency and none is named, or the other way round.
    """
    if function is Function.ENTERPRISE:
        raise Invalid(_("Doanh nghiệp tự đăng ký tài khoản, không cần lời mời."), "function")
    if (agency_id is None) != (function in PROVINCE_WIDE):
        raise Invalid(
            _("Chức năng này phải gắn với một cơ quan (hoặc không được gắn với cơ quan nào)."), "agency"
        )
    code = new_code(24)
    invitation = Invitation(
        email=email.strip().lower(),
        name=name.strip(),
        function=function,
        agency_id=agency_id,
        token_hash=keyed_hash(code, "invitation"),
        expires_at=at + timedelta(days=INVITATION_DAYS),
    )
    session.add(invitation)
    session.flush()
    audit.record(
        session,
        "user.invited",
        at=at,
        actor_id=by_id,
        subject=f"invitation:{invitation.id}",
        function=function,
        agency=agency_id,
    )
    return code


def invitation_for(session: Session, code: str, at: datetime) -> Invitation:
    """Return the unused, unexpired invitation with this code.

    Raises:
        NotFound: there is none, or no longer.
    """
    query = select(Invitation).where(
        Invitation.token_hash == keyed_hash(code, "invitation"),
        Invitation.used_at.is_(None),
        Invitation.expires_at > at,
    )
    invitation = session.scalars(query.options(joinedload(Invitation.agency))).first()
    if invitation is None:
        raise NotFound(_("Lời mời không còn hiệu lực. Vui lòng đề nghị quản trị viên gửi lời mời mới."))
    return invitation


def accept_invitation(session: Session, code: str, password: str, *, at: datetime) -> User:
    """Make the account (or add to the one there is) and the function held from today on.

    Whoever is invited is known to be the owner of the address. If somebody opened an account with it before and never
    confirmed it, nothing by which that person could look on stays: password, sign-ins, name, telephone.

    Raises:
        NotFound: see ``invitation_for``.
    """
    invitation = invitation_for(session, code, at)
    invitation.used_at = at
    user = session.scalars(select(User).where(User.email == invitation.email)).first()
    if user is None:
        user = User(
            email=invitation.email,
            name=invitation.name,
            password_hash=hashed(password),
            created_at=at,
            confirmed_at=at,
        )
        session.add(user)
        session.flush()
    else:
        _join(session, user, invitation, password, at)
    hold(session, user, Function(invitation.function), invitation.agency_id, at=at)
    return user


def _join(session: Session, user: User, invitation: Invitation, password: str, at: datetime) -> None:
    change_password(session, user.id, password, at=at)
    if user.confirmed_at is None:
        user.name = invitation.name
    mailbox.take_over(session, user, at=at)


def hold(session: Session, user: User, function: Function, agency_id: int | None, *, at: datetime) -> None:
    """Let ``user`` hold ``function`` in the agency from the local day of ``at`` on."""
    held = FunctionHeld(
        user_id=user.id,
        function=function,
        agency_id=agency_id,
        valid_from=clock.local_date(at),
        valid_to=None,
    )
    session.add(held)
    audit.record(
        session,
        "function.held",
        at=at,
        actor_id=user.id,
        subject=f"user:{user.id}",
        function=function,
        agency=agency_id,
    )


def sign_up(session: Session, given: SignUp, *, at: datetime) -> User | None:
    """Open an account for an enterprise.

    ``None`` when the address has one already: its owner is told by mail, the page must not say so.
    """
    email = given.email.strip().lower()
    password_hash = hashed(given.password)  # before the look-up, so that time tells nothing
    owner = session.scalars(select(User.id).where(User.email == email)).first()
    if owner is not None:
        outbox.publish(session, SignUpRepeated(user_id=owner))
        return None
    enterprise = Enterprise(
        filer_type=given.filer_type, identifier=given.identifier, name=given.enterprise_name.strip()
    )
    session.add(enterprise)
    session.flush()
    user = User(
        email=email,
        name=given.person.strip(),
        phone=given.phone,
        password_hash=password_hash,
        locale=given.locale,
        created_at=at,
        enterprise_id=enterprise.id,
    )
    session.add(user)
    session.flush()
    audit.record(
        session, "enterprise.signed_up", at=at, actor_id=user.id, subject=f"enterprise:{enterprise.id}"
    )
    mailbox.ask_for_confirmation(session, user)
    return user


def purge(session: Session, at: datetime) -> None:
    """Delete the invitations that nobody took up."""
    session.execute(delete(Invitation).where(Invitation.used_at.is_(None), Invitation.expires_at <= at))
