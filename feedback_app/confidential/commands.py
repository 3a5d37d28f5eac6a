"""``feedback vault …``: the ceremonies of docs/how-to/vault-*.md, with the vault's own credentials only."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import click

from feedback_app.confidential.roster import Role
from feedback_app.core import clock
from feedback_app.core.errors import FeedbackError

BODY = "thanh-tra-tinh"
P = ParamSpec("P")
R = TypeVar("R")
SAID = {
    "WrongShares": "Mảnh khóa sai, gõ nhầm, hoặc không thuộc cơ quan này.",
    "IntakeClosed": "Danh sách người đọc không mang chữ ký của khóa đã ghim: dừng lại và kiểm tra máy chủ.",
    "Conflict": "Đã có rồi.",
    "NotFound": "Không tìm thấy.",
    "WrongPassphrase": "Tên và cụm mật khẩu không khớp.",
    "Tampered": "Dữ liệu đã bị sửa.",
    "WrongStage": "Chưa làm được: quý chưa kết thúc hoặc không có quý đó.",
    "NotAllowed": "Người này không được làm việc đó: phải là người thứ hai.",
}
WEAK = {
    "short": "ngắn hơn 16 ký tự",
    "monotonous": "lặp lại, quá ít ký tự khác nhau",
    "few words": "cần ít nhất bốn từ khác nhau, hoặc thêm chữ số và dấu",
    "known": "chứa tên của bạn hoặc từ ai cũng đoán được",
}


@click.group("vault")
def commands() -> None:
    """Báo cáo kín: lập, đổi người đọc, khôi phục, xoay khóa, xóa, kiểm tra, số liệu quý."""


def in_vault(function: Callable[P, R]) -> Callable[P, R]:
    """Run a command in the vault's own application, its schema up to date; say errors in words."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        from feedback_app.confidential import store
        from feedback_app.confidential.application import create_core

        core = create_core()
        store.upgrade(core)
        with core.app_context(), _spoken():
            return function(*args, **kwargs)

    return run


@contextmanager
def _spoken() -> Iterator[None]:
    try:
        yield
    except FeedbackError as error:
        kind = type(error).__name__
        if kind == "WeakPassphrase":
            raise click.ClickException(f"Cụm mật khẩu yếu: {WEAK[error.message]}.") from None
        raise click.ClickException(SAID.get(kind, f"Không làm được ({kind}).")) from None
    except PermissionError:
        raise click.ClickException("Không ghi được tệp ghim khóa: chạy lại verify với quyền ghi.") from None
    except ValueError:
        raise click.ClickException(
            "Cần ít nhất hai người, hai người giữ danh tính, và một người thụ lý hoặc phụ trách."
        ) from None


body_option = click.option("--body", default=BODY, show_default=True, help="Mã cơ quan tiếp nhận.")


@commands.command("upgrade")
@in_vault
def upgrade() -> None:
    """Đưa cấu trúc cơ sở dữ liệu của kho lên phiên bản mới nhất."""


@commands.command("init")
@body_option
@in_vault
def init(body: str) -> None:
    """Lập cơ quan tiếp nhận: người đọc đầu tiên, ba mảnh khóa in một lần."""
    from feedback_app.confidential import store
    from feedback_app.confidential.sealing.shares import new_secret
    from feedback_app.confidential.services.ceremonies import seats
    from feedback_app.core.faults import point

    people: list[Any] = []
    while not people or click.confirm("Thêm một người nữa?", default=len(people) < seats.FEWEST_SEATS):
        people.append(asked_person())
    secret = new_secret()
    hand_out_shares(secret)
    with store.unit_of_work() as session:
        seats.initialise(session, body, people, secret, on=clock.today())
        point("vault-before-commit")
    settled(body)
    click.echo(f"Đã lập {body}. Dấu vân khóa: {fingerprint_of(body)}")


@commands.command("add-inspector")
@body_option
@click.option(
    "--open-cases", is_flag=True, help="Cho đọc cả báo cáo đang mở (trừ khi người gửi đã loại trừ)."
)
@in_vault
def add_inspector(body: str, open_cases: bool) -> None:
    """Thêm một người đọc; cần hai mảnh khóa."""
    from feedback_app.confidential import store
    from feedback_app.confidential.services.ceremonies import seats
    from feedback_app.core.faults import point

    secret = asked_shares()
    person = asked_person()
    with store.unit_of_work() as session:
        seats.add(session, body, secret, person, open_cases=open_cases, on=clock.today())
        point("vault-before-commit")
    settled(body)
    click.echo(f"Đã thêm {person.name}.")


@commands.command("remove-inspector")
@body_option
@click.argument("name")
@in_vault
def remove_inspector(body: str, name: str) -> None:
    """Bỏ một người đọc: mọi báo cáo được niêm phong lại bằng khóa mới; cần hai mảnh khóa."""
    from feedback_app.confidential import store
    from feedback_app.confidential.services.ceremonies import seats
    from feedback_app.core.faults import point

    secret = asked_shares()
    with store.unit_of_work() as session:
        left, orphans = seats.remove(
            session, body, secret, seat_called(session, body, name), on=clock.today()
        )
        point("vault-before-commit")
    settled(body)
    click.echo(f"Đã bỏ {name}; còn {len(left.seats)} người đọc.")
    if orphans:
        click.echo(
            f"{orphans} báo cáo không còn ai đọc được ngoài khóa khôi phục: giao cho người mới bằng tay."
        )


@commands.command("recover")
@body_option
@click.argument("name")
@in_vault
def recover(body: str, name: str) -> None:
    """Quên cụm mật khẩu: khóa mới cho người đó; cần hai mảnh khóa."""
    from feedback_app.confidential import store
    from feedback_app.confidential.services.ceremonies import seats
    from feedback_app.core.faults import point

    secret = asked_shares()
    passphrase = asked_passphrase()
    with store.unit_of_work() as session:
        seats.recover(session, body, secret, seat_called(session, body, name), passphrase, on=clock.today())
        point("vault-before-commit")
    settled(body)
    click.echo(f"{name} mở được bằng cụm mật khẩu mới.")


@commands.command("rotate")
@body_option
@in_vault
def rotate(body: str) -> None:
    """Khóa gốc mới, ba mảnh mới, khóa mới cho mọi báo cáo; cần hai mảnh khóa cũ."""
    from feedback_app.confidential import store
    from feedback_app.confidential.sealing.shares import new_secret
    from feedback_app.confidential.services.ceremonies import keeping
    from feedback_app.core.faults import point

    secret, fresh = asked_shares(), new_secret()
    hand_out_shares(fresh)
    with store.unit_of_work() as session:
        count = keeping.rotate(session, body, secret, fresh, on=clock.today())
        point("vault-before-commit")
    settled(body)
    click.echo(
        f"Đã xoay khóa; {count} báo cáo mang khóa mới. Hủy ba mảnh cũ. Dấu vân khóa: {fingerprint_of(body)}"
    )


@commands.command("erase")
@body_option
@click.option("--report", "report_id", default="", help="Mã báo cáo đã kết thúc.")
@click.option(
    "--older-than", "years", type=click.IntRange(1, 50), help="Mọi báo cáo kết thúc trước số năm này."
)
@in_vault
def erase(body: str, report_id: str, years: int | None) -> None:
    """Xóa hẳn báo cáo đã kết thúc; cần hai mảnh khóa."""
    from feedback_app.confidential import store
    from feedback_app.confidential.services import shelving
    from feedback_app.confidential.services.ceremonies import keeping
    from feedback_app.core.faults import point

    secret, today = asked_shares(), clock.today()
    with store.unit_of_work() as session:
        ids = [report_id] if report_id else []
        if years:
            ids += keeping.ended_before(session, body, secret, today - timedelta(days=365 * years))
        for one in ids:
            keeping.erase(session, body, secret, one, on=today)
        point("vault-before-commit")
    shelving.compact()
    shelving.tidy_files(store.session(), today)
    click.echo(f"Đã xóa {len(ids)} báo cáo.")


@commands.command("verify")
@body_option
@click.option("--with-shares", is_flag=True, help="Mở thử từng phong bì; cần hai mảnh khóa.")
@in_vault
def verify(body: str, with_shares: bool) -> None:
    """Kiểm tra chữ ký danh sách, chuỗi nhật ký, tệp; với mảnh khóa thì cả từng phong bì."""
    from feedback_app.confidential import questions, store
    from feedback_app.confidential.services.ceremonies import keeping

    questions.shipped()
    secret = asked_shares() if with_shares else None
    wrong = list(keeping.verify(store.session(), body, secret))
    for finding in wrong:
        click.echo(f"SAI: {finding}", err=True)
    if wrong:
        raise click.ClickException(f"{len(wrong)} chỗ sai.")
    settled(body)
    click.echo(f"Nguyên vẹn. Dấu vân khóa: {fingerprint_of(body)}")


def settled(body: str) -> None:
    """Pin what has been committed: the key that signed the list of seats, and its version."""
    from feedback_app.confidential import store
    from feedback_app.confidential.services.ceremonies import keeping
    from feedback_app.core.faults import point

    point("vault-committed")
    keeping.settle_pins(store.session(), body)


def asked_shares() -> bytes:
    """Ask for two shares, unseen, and return the secret."""
    from feedback_app.confidential.sealing.shares import combine

    first, second = (click.prompt(f"Mảnh khóa thứ {n}", hide_input=True) for n in ("nhất", "hai"))
    return combine(first, second)


def asked_passphrase() -> str:
    prompt = "Cụm mật khẩu (ít nhất bốn từ hoặc 16 ký tự)"
    return str(click.prompt(prompt, hide_input=True, confirmation_prompt="Gõ lại"))


def asked_person() -> Any:
    """Ask for a new inspector, who types the passphrase at this keyboard."""
    from feedback_app.confidential.services.ceremonies.offline import NewSeat

    name, post = click.prompt("Họ tên"), click.prompt("Chức vụ")
    choice = click.Choice(sorted(role.value for role in Role))
    text = click.prompt("Vai trò (head, handler, custodian; cách nhau bằng dấu phẩy)", default="handler")
    roles = frozenset(Role(choice.convert(word.strip(), None, None)) for word in text.split(","))
    return NewSeat(name, post, roles, asked_passphrase())


def hand_out_shares(secret: bytes) -> None:
    """Print the three shares once, and go on only when each holder has typed the end of his back."""
    from feedback_app.confidential.sealing.shares import split
    from feedback_app.core.faults import point

    click.echo("Ba mảnh khóa, in một lần, mỗi người giữ một mảnh; hai mảnh bất kỳ mở được khóa gốc:")
    shares = split(secret)
    for share in shares:
        click.echo(f"\n  {share}\n")
    point("vault-shares-printed")
    for number, share in enumerate(shares, 1):
        while click.prompt(f"Gõ lại nhóm cuối của mảnh {number}").strip().upper() != share.rpartition("-")[2]:
            click.echo("Không khớp; xin nhìn lại tờ giấy.")


def seat_called(session: Any, body: str, name: str) -> str:
    """Return the seat's id by its name. Raises NotFound."""
    from feedback_app.confidential import errors, rosters

    seat = rosters.current(session, body).named(name)
    if seat is None:
        raise errors.NotFound
    return seat.id


def fingerprint_of(body: str) -> str:
    from feedback_app.confidential import rosters

    return rosters.fingerprint(body)
