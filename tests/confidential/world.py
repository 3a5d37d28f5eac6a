"""A vault with one body of three inspectors, for tests of the core, of pages and for the proofs."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from flask import Flask

from feedback_app.confidential import store
from feedback_app.confidential.documents import Answers, Identity
from feedback_app.confidential.roster import Role, Roster
from feedback_app.confidential.sealing import receipts, shares
from feedback_app.confidential.services import filing, opening
from feedback_app.confidential.services.ceremonies import seats
from feedback_app.confidential.services.ceremonies.offline import NewSeat
from feedback_app.confidential.sessions import Unlocked
from feedback_app.config import VaultSettings
from feedback_app.core import clock

BODY = "thanh-tra-tinh"
CHEAP = 8 * 1024  # KiB for Argon2 instead of 256 MiB
PASSPHRASES = {
    "an": "gió mùa đông bắc thổi qua vịnh 41",
    "binh": "bốn con thuyền thúng ngoài khơi xa",
    "chi": "vườn xoài sau nhà chín rộ tháng năm",
}
PEOPLE = {
    "an": ("Trưởng phòng An (mẫu)", frozenset({Role.HEAD, Role.CUSTODIAN})),
    "binh": ("Thanh tra viên Bình (mẫu)", frozenset({Role.HANDLER})),
    "chi": ("Thanh tra viên Chi (mẫu)", frozenset({Role.HANDLER, Role.CUSTODIAN})),
}


@dataclass
class World:
    """The initialised body: ``seat(word)`` → id, ``unlock(word)`` → its unlocked seat."""

    app: Flask
    body: str
    secret: bytes
    roster: Roster
    unlocked: dict[str, Unlocked] = field(default_factory=dict)

    @property
    def shares(self) -> tuple[str, str, str]:
        return shares.split(self.secret)

    def passphrase(self, word: str) -> str:
        return PASSPHRASES[word]

    def name(self, word: str) -> str:
        return PEOPLE[word][0]

    def seat(self, word: str) -> str:
        found = self.roster.named(PEOPLE[word][0])
        assert found is not None
        return found.id

    def unlock(self, word: str) -> Unlocked:
        with store.unit_of_work() as session:
            return opening.unlock(
                session, self.body, self.name(word), self.passphrase(word), on=clock.today()
            )


def make_vault(url: str, folder: Path, *, pages: bool = True) -> Flask:
    """Return the vault on an empty, migrated database at ``url`` (empty: a file in ``folder``)."""
    from feedback_app.confidential.application import create_core
    from feedback_app.vault import create_vault_app

    settings = VaultSettings(database_url=url, data_dir=folder, secret_key="tests of the vault", gates=False)
    make = create_vault_app if pages else create_core
    app = make(settings, argon_kib=CHEAP)
    app.testing = True
    store.upgrade(app)
    return app


def initialise(app: Flask) -> World:
    """Set the body up with An (head, custodian), Bình (handler) and Chi (handler, custodian)."""
    secret = shares.new_secret()
    people = [
        NewSeat(name, "Thanh tra tỉnh", roles, PASSPHRASES[word]) for word, (name, roles) in PEOPLE.items()
    ]
    with store.unit_of_work() as session:
        roster = seats.initialise(session, BODY, people, secret, on=clock.today())
    return World(app, BODY, secret, roster)


def answers(**changes: object) -> Answers:
    """Return closed answers as many reports have them."""
    usual = Answers(
        unit="so-nganh",
        agency="so-xd",
        field="construction",
        step="appraisal",
        asked=("money",),
        amount="5m_50m",
        paid="refused",
        when="this_month",
        often="once",
        who_post="specialist",
    )
    return usual.but(**changes)


def identity(**changes: str) -> Identity:
    usual = Identity(given=True, name="Công ty TNHH Mẫu", tax_code="4200000001", contact="0900000000")
    return usual.but(**changes)


def file_report(
    world: World, *, token: bytes | None = None, on: date | None = None, **changes: object
) -> filing.Filed:
    """File a report; ``changes`` are fields of ``filing.Filing``."""
    facts = {"body": world.body, "answers": answers(), "story": "Họ gợi ý tiền để hồ sơ đi tiếp.", **changes}
    with store.unit_of_work() as session:
        return filing.file(
            session, filing.Filing(**facts), token=token or receipts.new_token(), on=on or clock.today()
        )
