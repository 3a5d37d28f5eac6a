"""Ceremonies, killed at any point: every report opens to whom it opened before, the drill can be repeated."""

import os
import signal
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from feedback_app.confidential import journal, store
from feedback_app.confidential.context import vault as here
from feedback_app.confidential.errors import IntakeClosed, WrongPassphrase, WrongShares
from feedback_app.confidential.models import SignedRoster
from feedback_app.confidential.services import conversing, filing, opening
from feedback_app.confidential.services.ceremonies import keeping
from tests.confidential import drill
from tests.confidential.acting import TODAY
from tests.confidential.world import PASSPHRASES, PEOPLE, World, file_report, identity
from tests.nursery import Process

REPORTS = 6
ON_SQLITE = pytest.mark.parametrize("shared_vault", ["sqlite"], indirect=True)
KILLED = -signal.SIGKILL


@dataclass
class Stage:
    """The body with some reports, and commands given in other processes."""

    world: World
    folder: Path
    codes: list[str] = field(default_factory=list)

    def command(self, *arguments, typed=(), word="new", point="") -> int:
        flag = self.folder / "flag"
        flag.touch()
        environment = {
            **os.environ,
            "FEEDBACK_VAULT_DATABASE_URL": here().settings.database_url,
            "FEEDBACK_VAULT_DATA_DIR": str(here().settings.data_dir),
            "FEEDBACK_VAULT_SECRET_KEY": "tests of the vault",
            "FEEDBACK_FAULT_POINT": point,
            "FEEDBACK_FAULT_FLAG": str(flag),
            "PYTHONWARNINGS": "ignore",
        }
        (self.folder / "typed").write_text("".join(f"{line}\n" for line in typed), encoding="utf-8")
        ended = Process(drill.give, str(self.folder), word, *arguments, environment=environment).wait()
        self.said = (self.folder / "said").read_text(encoding="utf-8")
        return ended

    def opens(self, word, passphrase="") -> int:
        """Return how many reports somebody can open."""
        store.session().rollback()
        with store.unit_of_work() as session:
            unlocked = opening.unlock(
                session, self.world.body, PEOPLE[word][0], passphrase or PASSPHRASES[word], on=TODAY
            )
        return len(opening.queue(store.session(), unlocked, on=TODAY))

    def receipts_open(self) -> int:
        store.session().rollback()
        looked = [conversing.look(store.session(), code, on=TODAY) for code in self.codes]
        return sum(talk.proof.unchanged for talk in looked)

    def wrong(self, secret: bytes) -> list[str]:
        store.session().rollback()
        return list(keeping.verify(store.session(), self.world.body, secret))


@pytest.fixture
def stage(body, tmp_path) -> Stage:
    codes = [file_report(body, story=f"số {n}", identity=identity()).code for n in range(REPORTS)]
    store.db.session.remove()
    return Stage(body, tmp_path, codes)


def two(stage):
    return stage.world.shares[:2]


@pytest.mark.parametrize("point", ["vault-half-rewrapped", "vault-before-commit"])
def test_an_inspector_leaves(stage, point):
    name = stage.world.name("binh")
    assert stage.command("remove-inspector", name, typed=two(stage), point=point) == KILLED, stage.said
    assert (stage.opens("binh"), stage.opens("an"), stage.receipts_open()) == (REPORTS,) * 3
    assert stage.command("remove-inspector", name, typed=two(stage)) == 0, stage.said
    with pytest.raises(WrongPassphrase):
        stage.opens("binh")
    assert (stage.opens("an"), stage.opens("chi"), stage.receipts_open()) == (REPORTS,) * 3
    assert stage.wrong(stage.world.secret) == []
    assert here().anchors.least(stage.world.body) == stage.world.roster.version + 1


@ON_SQLITE
def test_a_kill_between_the_commit_and_the_pin_closes_nothing_and_verify_pins_it(stage):
    body, before = stage.world.body, stage.world.roster.version
    typed = two(stage)
    assert (
        stage.command("remove-inspector", stage.world.name("binh"), typed=typed, point="vault-committed")
        == KILLED
    )
    assert (here().anchors.least(body), stage.opens("an")) == (before, REPORTS)
    assert stage.command("verify") == 0, stage.said
    assert here().anchors.least(body) == before + 1
    assert (stage.opens("an"), stage.receipts_open()) == (REPORTS, REPORTS)


@ON_SQLITE
def test_a_custodian_leaves_only_when_another_has_come(stage):
    name = stage.world.name("chi")
    assert stage.command("remove-inspector", name, typed=two(stage)) == 1
    new = ["Dung", "Thanh tra viên", "custodian,handler", *[PASSPHRASES["an"] + " nữa"] * 2]
    assert stage.command("add-inspector", typed=[*two(stage), *new]) == 0, stage.said
    assert stage.command("remove-inspector", name, typed=two(stage)) == 0, stage.said
    assert (stage.opens("an"), stage.receipts_open()) == (REPORTS, REPORTS)
    assert stage.wrong(stage.world.secret) == []


@ON_SQLITE
@pytest.mark.parametrize("point", ["vault-half-rewrapped", "vault-before-commit"])
def test_a_passphrase_is_forgotten(stage, point):
    name, fresh = stage.world.name("binh"), "một câu hoàn toàn khác để nhớ"
    typed = [*two(stage), fresh, fresh]
    assert stage.command("recover", name, typed=typed, point=point) == KILLED
    assert stage.opens("binh") == REPORTS
    assert stage.command("recover", name, typed=typed) == 0, stage.said
    with pytest.raises(WrongPassphrase):
        stage.opens("binh")
    assert (stage.opens("binh", fresh), stage.opens("an"), stage.receipts_open()) == (REPORTS,) * 3
    assert stage.wrong(stage.world.secret) == []


@ON_SQLITE
def test_a_weak_passphrase_is_refused(stage):
    typed = [*two(stage), "matkhau123456789", "matkhau123456789"]
    assert stage.command("recover", stage.world.name("binh"), typed=typed) == 1
    assert "Cụm mật khẩu yếu" in stage.said
    assert stage.opens("binh") == REPORTS


@pytest.mark.parametrize(
    "point",
    [
        "vault-shares-printed",
        "vault-pinned",
        "vault-half-rewrapped",
        "vault-before-commit",
        "vault-committed",
    ],
)
def test_the_offline_secret_is_rotated(stage, point):
    ends = [share.rpartition("-")[2] for share in drill.shares_of("new")]
    assert stage.command("rotate", typed=[*two(stage), *ends], point=point) == KILLED
    assert (stage.opens("an"), stage.opens("binh"), stage.receipts_open()) == (REPORTS,) * 3
    file_report(stage.world)  # the intake has not closed
    done = point == "vault-committed"
    shares = drill.shares_of("new")[:2] if done else two(stage)
    ends = [share.rpartition("-")[2] for share in drill.shares_of("newer")]
    assert stage.command("rotate", typed=[*shares, *ends], word="newer") == 0, stage.said
    assert stage.wrong(drill.secret_of("newer")) == []
    with pytest.raises(WrongShares):
        keeping.ended_before(store.session(), stage.world.body, stage.world.secret, TODAY)
    assert len(here().anchors.of(stage.world.body)) == 1
    assert (stage.opens("chi"), stage.receipts_open()) == (REPORTS + 1, REPORTS)
    assert journal.first_break(store.session(), stage.world.body) is None


def test_the_nightly_rewrite_is_killed_half_way(stage):
    assert stage.command("put-away", point="vault-emptied") == KILLED
    assert (stage.opens("an"), stage.receipts_open()) == (REPORTS, REPORTS)
    assert stage.command("put-away") == 0, stage.said
    assert (stage.opens("an"), stage.receipts_open()) == (REPORTS, REPORTS)


@ON_SQLITE
@pytest.mark.parametrize(
    "point", ["vault-shares-printed", "vault-pinned", "vault-before-commit", "vault-committed"]
)
def test_a_body_is_set_up(vault, session, tmp_path, point):
    stage = Stage(World(vault, "thanh-tra-tinh", b"", None), tmp_path)
    typed = [*_typed("an"), "y", *_typed("chi"), "n"]
    typed += [share.rpartition("-")[2] for share in drill.shares_of("first")]
    assert stage.command("init", typed=typed, word="first", point=point) == KILLED, stage.said
    if point == "vault-committed":
        assert filing.intake(session, "thanh-tra-tinh").seats
        return
    with pytest.raises(IntakeClosed):
        filing.intake(session, "thanh-tra-tinh")
    assert stage.command("init", typed=typed, word="first") == 0, stage.said
    session.rollback()
    assert len(filing.intake(session, "thanh-tra-tinh").seats) == 2
    assert stage.command("verify") == 0, stage.said
    assert stage.command("init", typed=typed, word="first") == 1
    assert session.query(SignedRoster).count() == 1


def _typed(word):
    name, roles = PEOPLE[word]
    return [name, "Thanh tra tỉnh", ",".join(sorted(roles)), PASSPHRASES[word], PASSPHRASES[word]]
