"""A sample body for sealed reports, with passphrases and shares that everybody can read: embedded vault only."""

from random import Random

import click

from feedback_app.confidential import store
from feedback_app.confidential.documents import Answers
from feedback_app.confidential.models import SignedRoster
from feedback_app.confidential.roster import Role
from feedback_app.confidential.sealing import receipts
from feedback_app.confidential.sealing.shares import combine
from feedback_app.confidential.services import filing, shelving
from feedback_app.confidential.services.ceremonies import seats
from feedback_app.confidential.services.ceremonies.offline import NewSeat
from feedback_app.core import clock
from feedback_app.core.errors import FeedbackError

BODY = "thanh-tra-tinh"
REPORTS = 8
PEOPLE = (
    ("An", "Trưởng phòng (mẫu)", {Role.HEAD, Role.CUSTODIAN}, "gió mùa đông bắc thổi qua vịnh 41"),
    ("Bình", "Thanh tra viên (mẫu)", {Role.HANDLER}, "bốn con thuyền thúng ngoài khơi xa"),
    ("Chi", "Thanh tra viên (mẫu)", {Role.HANDLER, Role.CUSTODIAN}, "vườn xoài sau nhà chín rộ tháng năm"),
)
SHARES = (
    "1-0HFS-3V8R-HPT4-V72Z-H73T-H6EN-SBNN-8W8A-M03X-EBC9-63XM-TP9Y-5K3F-1GQW",
    "2-02YC-RX3Y-QFB3-YAYR-3KA8-KNWB-MYNN-DM7Q-BRA4-RNA3-EAMV-2TKY-WTBJ-VWQ6",
    "3-1MD0-DYZ4-X7W3-1ETG-NZGP-P5A1-GHNN-JC74-3GGC-2Z7X-PHC1-AYXZ-M1WY-H3HD",
)
STORY = 'Báo cáo mẫu: khi hỏi về hồ sơ, người thụ lý gợi ý "bồi dưỡng" thì mới xử lý đúng hẹn.'


def load() -> bool:
    """Set the sample body up with some invented reports, once; return whether it was done now."""
    if store.session().get(SignedRoster, BODY) is not None:
        return False
    people = [NewSeat(name, post, frozenset(roles), passphrase) for name, post, roles, passphrase in PEOPLE]
    with store.unit_of_work() as session:
        seats.initialise(session, BODY, people, combine(SHARES[0], SHARES[1]), on=clock.today())
    with store.unit_of_work() as session:
        for answers in _matters(Random(1814)):
            sample = filing.Filing(body=BODY, answers=answers, story=STORY)
            filing.file(session, sample, token=receipts.new_token(), on=clock.today())
    with store.unit_of_work() as session:
        shelving.put_away(session)
    return True


def show() -> None:
    """Print who can unlock, and the shares."""
    click.echo("\nBáo cáo kín (mẫu), /bao-cao-kin/thanh-tra: tên và cụm mật khẩu:")
    for name, post, _, passphrase in PEOPLE:
        click.echo(f"  {name:6} {post:22} {passphrase}")
    click.echo(f"  hai mảnh khóa gốc: {SHARES[0]}\n{'':21}{SHARES[1]}")


def command() -> None:
    """Load and show; what goes wrong is said and stops nothing else."""
    from feedback_app.confidential.application import create_core

    core = create_core()
    store.upgrade(core)
    with core.app_context():
        if not core.extensions["vault"].settings.embedded_database:
            raise click.ClickException("Cơ quan mẫu chỉ được lập trong kho đi kèm.")
        try:
            load()
        except FeedbackError as error:
            raise click.ClickException(f"Không lập được cơ quan mẫu ({type(error).__name__}).") from None
        store.db.session.remove()
    show()


def _matters(random: Random) -> list[Answers]:
    """Return invented closed answers about no agency in particular."""
    return [
        Answers(
            unit=random.choice(("so-nganh", "xa-phuong", "doan-kiem-tra")),
            field=random.choice(("construction", "land", "fire_safety", "market_management")),
            step=random.choice(("receiving", "appraisal", "site_visit", "inspection")),
            asked=(random.choice(("money", "goods", "delay", "favour")),),
            amount=random.choice(("under_5m", "5m_50m", "50m_500m")),
            paid=random.choice(("refused", "undecided", "paid")),
            when=random.choice(("this_month", "this_quarter")),
            often=random.choice(("once", "several")),
            who_post=random.choice(("specialist", "inspector", "reception")),
        )
        for _ in range(REPORTS)
    ]
