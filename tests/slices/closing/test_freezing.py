"""A frozen period stays as it was, and says so itself."""

import hashlib
import io
import json
import shutil
import subprocess
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from feedback_app.closing import freezing, verifying
from feedback_app.closing.commands import commands
from feedback_app.closing.correcting import corrections
from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.statistics import queries, refreshing
from feedback_app.statistics.archive import FrozenFigure
from feedback_app.statistics.periods import Period
from feedback_app.surveys import outside
from tests.slices.statistics.conftest import noon

OCTOBER, NOVEMBER = (
    Period(date(2026, 10, 1), date(2026, 10, 31)),
    Period(date(2026, 11, 1), date(2026, 11, 30)),
)
AFTER = noon(date(2026, 11, 24))


@pytest.fixture
def october(session, life):
    """Return the numbers of tickets of a month in which everything happened."""
    codes = [life.filed(date(2026, 10, day)) for day in (1, 1, 2, 5, 6, 29)]
    codes.append(
        life.filed(date(2026, 10, 5), to="thanh-tra", kind="informal_cost", concerned=frozenset({"so-xd"}))
    )
    for code, day in zip(codes, (6, 7, 20, 30), strict=False):
        life.answered(code, date(2026, 10, day))
    life.rated(codes[0], date(2026, 10, 8))
    life.disputed(codes[1], date(2026, 10, 9))
    life.asked(codes[4], date(2026, 10, 8))
    life.replied(codes[4], date(2026, 10, 12))
    life.answered(codes[4], date(2026, 10, 14))
    life.answered(codes[6], date(2026, 10, 9))
    return codes


def frozen(period=OCTOBER, at=AFTER, **given):
    refreshing.refresh(at)
    with unit_of_work() as session:
        return freezing.freeze(session, period, by_id=None, at=at, **given)


def unpacked(session, folder):
    zipfile.ZipFile(io.BytesIO(freezing.package(session, OCTOBER))).extractall(folder)
    return folder / "thong-ke-2026-10"


def recomputed(folder):
    return subprocess.run(
        [sys.executable, "-B", folder / "recompute.py"], capture_output=True, text=True, check=False
    )


def test_an_auditor_recomputes_every_figure_of_the_package(session, october, tmp_path):
    row = frozen()
    folder = unpacked(session, tmp_path)
    done = recomputed(folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert row.snapshot in done.stdout
    assert len((folder / "recompute.py").read_text().splitlines()) <= 60
    assert verifying.verify(session, OCTOBER).problems == ()
    text = "".join(path.read_text() for path in folder.glob("*.csv"))
    assert october[0] in text
    assert october[6] not in text, "a protected report has no number here"
    assert "Công ty" not in text


@pytest.mark.parametrize(
    "name", ["cases.csv", "legs.csv", "figures.csv", "calendar.csv", "definitions.json", "recompute.py"]
)
def test_a_changed_byte_is_noticed(session, october, tmp_path, name):
    frozen()
    folder = unpacked(session, tmp_path)
    content = bytearray((folder / name).read_bytes())
    content[-3] ^= 1
    (folder / name).write_bytes(bytes(content))
    if name != "recompute.py":
        assert recomputed(folder).returncode != 0
    again = shutil.make_archive(str(tmp_path / "again"), "zip", tmp_path, "thong-ke-2026-10")
    assert verifying.verify(session, OCTOBER, Path(again).read_bytes()).problems


def test_a_figure_that_was_forged_with_its_sum_is_noticed_by_the_recomputation(session, october, tmp_path):
    frozen()
    folder = unpacked(session, tmp_path)
    lines = (folder / "figures.csv").read_text().splitlines()
    place = next(n for n, line in enumerate(lines) if line.startswith("case,,,,late"))
    lines[place] = "case,,,,late,1.0,1"
    (folder / "figures.csv").write_text("\n".join(lines) + "\n")
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"]["figures.csv"] = hashlib.sha256((folder / "figures.csv").read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))
    done = recomputed(folder)
    assert done.returncode == 1
    assert "late" in done.stdout


def test_a_figure_changed_in_the_database_is_noticed(session, october):
    frozen()
    with unit_of_work() as writing:
        writing.execute(FrozenFigure.__table__.update().values(n=FrozenFigure.n + 1))
    assert any("cơ sở dữ liệu" in problem for problem in verifying.verify(session, OCTOBER).problems)


def test_what_is_learnt_later_changes_no_frozen_figure_and_is_told_in_the_next_package(
    session, life, october
):
    before = queries.figures(session, OCTOBER)
    assert before is None
    row = frozen(at=noon(date(2026, 11, 9)))
    session.rollback()
    then = queries.figures(session, OCTOBER)
    life.disputed(october[3], date(2026, 11, 12))  # answered on 30 October: it comes back within 30 days
    refreshing.refresh(noon(date(2026, 12, 9)))
    session.rollback()

    now = queries.figures(session, OCTOBER)
    assert (now.snapshot, now.by_group) == (row.snapshot, then.by_group)
    changed = {
        (c.measure, c.frozen, c.now)
        for c in corrections(session, OCTOBER, date(2026, 12, 9))
        if not any((c.group.agency, c.group.field))
    }
    assert ("reopened_within_30_days", 1.0, 2.0) in changed
    assert verifying.verify(session, OCTOBER).ok
    session.rollback()
    frozen(NOVEMBER, at=noon(date(2026, 12, 9)))
    session.rollback()
    content = zipfile.ZipFile(io.BytesIO(freezing.package(session, NOVEMBER)))
    assert "reopened_within_30_days,1.0,2.0" in content.read("thong-ke-2026-11/corrections.csv").decode()


def test_a_period_is_frozen_once_and_not_while_agencies_may_speak(session, october):
    with pytest.raises(freezing.NotClosable):
        frozen(at=noon(date(2026, 11, 3)))
    session.rollback()
    with pytest.raises(freezing.NotClosable):
        frozen(NOVEMBER)
    session.rollback()
    frozen()
    session.rollback()
    with pytest.raises(freezing.AlreadyFrozen):
        frozen()


def test_a_table_from_outside_enters_the_next_package_and_its_sum(session, october):
    def put(**content):
        with unit_of_work() as writing:
            outside.put(writing, period="2026-Q3", source="pulse", name="all", content=content, at=AFTER)

    put(asked=40)
    put(asked=40)
    with pytest.raises(outside.Conflict):
        put(asked=41)
    session.rollback()
    frozen()
    session.rollback()
    names = zipfile.ZipFile(io.BytesIO(freezing.package(session, OCTOBER))).namelist()
    assert "thong-ke-2026-10/outside/pulse-2026-Q3-all.json" in names
    assert [table.packed_in for table in outside.tables(session, "2026-Q3")] == ["2026-10"]


def test_an_empty_month_is_frozen_and_recomputed_too(session, life):
    life.withdrawn(life.filed(date(2026, 9, 1)), date(2026, 9, 2))
    frozen()
    session.rollback()
    assert verifying.verify(session, OCTOBER).ok


def test_the_commands_freeze_verify_and_export(app, session, october, tmp_path, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 24, 5, tzinfo=clock.LOCAL))
    session.rollback()

    def typed(*words):
        return app.test_cli_runner().invoke(commands, words)

    assert typed("verify", "2026-10").exit_code == 1
    assert "2026-10-" in typed("freeze", "2026-10").output
    assert typed("freeze", "2026-10").exit_code == 1
    assert "khớp" in typed("verify", "2026-10").output
    path = typed("export", "2026-10", "--to", str(tmp_path)).output.strip()
    assert typed("verify", "2026-10", "--file", path).exit_code == 0
    assert typed("freeze", "2026-13").exit_code == 2
    assert "2026-Q4 " in typed("periods").output
