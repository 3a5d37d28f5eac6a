"""Demo accounts: one for each function, and an officer and a head in every agency of any time."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor, Function, Held
from feedback_app.accounts.models import Enterprise, FunctionHeld, User
from feedback_app.accounts.sign_in import hashed
from feedback_app.catalogue.store import Loaded

PASSWORD = "khanhhoa-2026"  # noqa: S105 - only ever in the embedded database
SINCE = date(2023, 11, 1)
DOMAIN = "mau.local"


@dataclass(frozen=True, slots=True)
class Account:
    """An account that the start-up prints: who one is with it."""

    email: str
    name: str
    function: Function
    agency: str | None = None


NAMED = (
    Account(f"doanhnghiep@{DOMAIN}", "Chủ doanh nghiệp (mẫu)", Function.ENTERPRISE),
    Account(f"daumoi@{DOMAIN}", "Chuyên viên đầu mối (mẫu)", Function.FOCAL_POINT, "so-tc"),
    Account(f"vanphong@{DOMAIN}", "Chuyên viên Văn phòng (mẫu)", Function.PROVINCIAL_OFFICE, "vp-ubnd"),
    Account(f"thanhtra@{DOMAIN}", "Thanh tra viên (mẫu)", Function.INSPECTOR, "thanh-tra"),
    Account(f"lanhdao@{DOMAIN}", "Lãnh đạo tỉnh (mẫu)", Function.LEADERSHIP),
    Account(f"quantri@{DOMAIN}", "Quản trị viên (mẫu)", Function.ADMINISTRATOR),
    Account(f"kiemtoan@{DOMAIN}", "Người kiểm toán (mẫu)", Function.AUDITOR),
    Account(f"vanthu.thue@{DOMAIN}", "Văn thư Thuế tỉnh (mẫu)", Function.CLERK, "thue"),
    Account(f"vanthu.so-yt@{DOMAIN}", "Văn thư Sở Y tế (mẫu)", Function.CLERK, "so-yt"),
)


def every(loaded: Loaded) -> tuple[Account, ...]:
    """Return the named accounts, and ``canbo.<mã>`` and ``lanhdao.<mã>`` for every agency."""
    codes = sorted(loaded.agency_ids)
    officers = tuple(
        Account(f"canbo.{c}@{DOMAIN}", f"Cán bộ thụ lý {c} (mẫu)", Function.OFFICER, c) for c in codes
    )
    heads = tuple(
        Account(f"lanhdao.{c}@{DOMAIN}", f"Lãnh đạo {c} (mẫu)", Function.AGENCY_HEAD, c) for c in codes
    )
    return NAMED + officers + heads


def create(session: Session, loaded: Loaded, enterprise: Enterprise, *, at: datetime) -> dict[str, Actor]:
    """Create all accounts with the one demo password; return the actors by the part before the @."""
    password_hash = hashed(PASSWORD)
    return {
        account.email.partition("@")[0]: _create(session, loaded, account, password_hash, enterprise, at)
        for account in every(loaded)
    }


def _create(
    session: Session,
    loaded: Loaded,
    account: Account,
    password_hash: str,
    enterprise: Enterprise,
    at: datetime,
) -> Actor:
    is_enterprise = account.function is Function.ENTERPRISE
    user = User(
        email=account.email,
        name=account.name,
        password_hash=password_hash,
        created_at=at,
        enterprise_id=enterprise.id if is_enterprise else None,
    )
    session.add(user)
    session.flush()
    if is_enterprise:
        return Actor(user.id, user.name, (Held(Function.ENTERPRISE),), enterprise.id)
    agency_id = loaded.agency_ids[account.agency] if account.agency else None
    held = FunctionHeld(user_id=user.id, function=account.function, agency_id=agency_id, valid_from=SINCE)
    session.add(held)
    return Actor(user.id, user.name, (Held(account.function, agency_id, account.agency),))
