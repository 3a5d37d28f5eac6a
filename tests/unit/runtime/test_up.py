import socket
import threading

import pytest
from click.testing import CliRunner

from feedback_app.config import Settings
from feedback_app.runtime import inline, prepare, up
from feedback_app.runtime.commands import run
from feedback_app.schedule import JOBS, PeriodicJob
from tests.unit.runtime.test_cron import local


def test_a_taken_port_is_passed_over():
    with socket.socket() as taken:
        taken.bind((up.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert up.free_port(port) > port


def test_with_no_free_port_near_it_says_so(monkeypatch):
    monkeypatch.setattr(up, "PORTS_TRIED", 1)
    with socket.socket() as taken:
        taken.bind((up.HOST, 0))
        taken.listen()

        result = CliRunner().invoke(run, ["--port", str(taken.getsockname()[1])])

    assert result.exit_code != 0
    assert "no free port" in result.output


def test_a_second_start_on_the_same_data_is_refused(tmp_path, capsys):
    settings = Settings(data_dir=tmp_path)
    with up._alone(tmp_path / "run.lock") as alone:
        assert alone
        assert up.up(settings, 8000) == 1

    assert "already running" in capsys.readouterr().err


def test_without_redis_one_process_does_all_the_work():
    assert [program.name for program in up.background("")] == ["inline"]


def test_with_redis_there_are_workers_a_clock_and_a_relay():
    names = [program.name for program in up.background("unix:///x")]

    assert names == ["worker-outbox-1", "worker-jobs-1", "worker-vault-1", "cron", "relay"]


@pytest.mark.parametrize("url,expected", [("", True), ("postgresql://db/feedback", False)])
def test_sample_data_goes_into_the_embedded_database_only(monkeypatch, url, expected):
    monkeypatch.setattr(prepare, "find_spec", lambda _name: object())

    steps = prepare.steps(Settings(DATABASE_URL=url))

    assert steps[:2] == [["db", "upgrade"], ["packs", "load"]]
    assert (["demo", "load"] in steps) == expected


def test_a_job_due_between_two_looks_is_run_once():
    nightly = PeriodicJob("nightly", "30 1 * * *", "time.time", JOBS, 60)

    def due(since: str, until: str) -> list[PeriodicJob]:
        return inline.due_between([nightly], local(since), local(until))

    assert due("2026-11-24 01:29:59", "2026-11-24 01:30:00") == [nightly]
    assert due("2026-11-24 01:30:00", "2026-11-24 01:30:01") == []
    assert due("2026-11-24 01:28", "2026-11-24 01:29") == []


def test_a_job_that_fails_does_not_end_the_others(monkeypatch):
    class Context:
        def app_context(self):
            return self

        def __enter__(self):
            return self

        def __exit__(self, *_error):
            return None

    def fail():
        calls.append("drain")
        if len(calls) == 2:
            stop.set()
        raise ValueError

    calls: list[str] = []
    stop = threading.Event()
    monkeypatch.setattr(inline, "TICK", 0.01)
    monkeypatch.setattr(inline.outbox, "drain", fail)
    monkeypatch.setattr(inline.db.session, "remove", lambda: None)

    inline.run_inline(Context(), stop)

    assert calls == ["drain", "drain"]
