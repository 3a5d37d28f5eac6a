"""The launcher of the tests' PostgreSQL cleans up after itself, whatever happens to its users."""

import subprocess
import sys
import time

import pytest
from sqlalchemy import make_url

from tests import postgres

USER = """
import pathlib, sys, time
from tests import postgres
print(postgres.server(pathlib.Path(sys.argv[1])), flush=True)
time.sleep(600)
"""


@pytest.fixture
def users(tmp_path, monkeypatch):
    monkeypatch.delenv("TEST_POSTGRES_URL", raising=False)
    running = []

    def start() -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen([sys.executable, "-c", USER, tmp_path], stdout=subprocess.PIPE, text=True)
        running.append(process)
        return process, process.stdout.readline().strip()

    yield start
    for process in running:
        process.kill()
        process.wait()
        process.stdout.close()


def test_the_server_lives_as_long_as_its_last_user_even_if_that_is_killed(users):
    first, url = users()
    second, same_url = users()
    assert url == same_url

    first.kill()
    time.sleep(0.5)
    assert postgres.answers(url)

    second.kill()
    deadline = time.monotonic() + 20
    while postgres.answers(url):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_database_made_from_a_template_is_a_copy(users):
    _, admin = users()
    template = postgres.create_database(admin, "model")
    with postgres.psycopg.connect(postgres._libpq(template), autocommit=True) as connection:
        connection.execute("CREATE TABLE note (text text)")

    copy = postgres.create_database(admin, "copy", template="model")

    assert make_url(copy).drivername == "postgresql+psycopg"
    with postgres.psycopg.connect(postgres._libpq(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM note").fetchone() == (0,)


def test_a_given_server_is_used_as_it_is(tmp_path, monkeypatch):
    monkeypatch.setenv("TEST_POSTGRES_URL", "postgresql://someone:secret@db.example/postgres")

    assert postgres.server(tmp_path) == "postgresql+psycopg://someone:secret@db.example/postgres"
