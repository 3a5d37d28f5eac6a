"""Many tickets with different words, written by the database itself: a million in minutes.

Some thousand texts are made of words as unevenly common as those of a language; each ticket gets one of them and words
of its own. Agencies, days, states and filers follow from the number alone, so that every run has the same tickets.
"""

from datetime import timedelta
from pathlib import Path
from random import Random

from sqlalchemy import Connection, text

from bench.servers import Site
from bench.tickets import AGENCIES, SEED
from feedback_app.catalogue import store
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.text import fold
from feedback_app.deadlines.profiles import profile_for
from feedback_app.tickets.search import index

TEXTS, VOCABULARY = 5_000, 20_000
TITLE_WORDS, BODY_WORDS = 8, 90
FIELDS = ("construction", "land", "tax", "environment", "labour", "fire_safety", "customs", "tourism")
DAYS_BACK, DAYS_OPEN = 700, 20
SYLLABLES = [
    "cấp", "giấy", "phép", "xây", "dựng", "đất", "đai", "thuế", "hồ", "sơ", "nhà", "xưởng", "công", "ty", "kiểm", "tra",
    "môi", "trường", "lao", "động", "hải", "quan", "phòng", "cháy", "điện", "nước", "chậm", "quá", "hạn", "đề", "nghị",
    "hướng", "dẫn", "thủ", "tục", "đăng", "ký", "kinh", "doanh",
]  # fmt: skip
STATEMENTS = Path(__file__).with_suffix(".sql")
NUMBERS = {
    "postgresql": "generate_series(1, {count}) AS g(n)",
    "sqlite": "(WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < {count}) SELECT n FROM g)",
}


def fill(site: Site, count: int, open_here: int, author_id: int) -> None:
    """Store ``count`` tickets, of which ``open_here`` are open at the first agency, and build the index."""
    with site.app.app_context():
        with unit_of_work() as session:
            _scaffold(session.connection())
            _write(session.connection(), count, open_here, author_id)
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            _tidy(connection, count)
        index.rebuild(clock.now())
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE" if _on_postgres(connection) else "ANALYZE")
        db.session.remove()


def words_of_text(number: int) -> list[str]:
    """Return the words of one of the texts: the first ones are common, most are seldom."""
    random = Random(SEED * 1_000_003 + number)
    return [_word(int(VOCABULARY ** random.random()) - 1) for _ in range(TITLE_WORDS + BODY_WORDS)]


def _word(rank: int) -> str:
    """Return the word of that rank: syllables of the language first, then made ones."""
    if rank < len(SYLLABLES):
        return SYLLABLES[rank]
    consonants, vowels = "bcdghklmnpqrstvx", "aeiouy"
    letters = [(consonants, 16), (vowels, 6), (consonants, 16), (vowels, 6), (consonants, 16)]
    found = ""
    for alphabet, size in letters:
        found, rank = found + alphabet[rank % size], rank // size
    return found


def _scaffold(connection: Connection) -> None:
    """Write what the tickets are composed of: texts, days, agencies and fields by number."""
    for name, columns in (
        ("bench_text", "n bigint PRIMARY KEY, title text, body text, folded_title text, folded_body text"),
        ("bench_day", "n bigint PRIMARY KEY, at timestamptz, day date, due date, answered date, closed date"),
        ("bench_agency", "n bigint PRIMARY KEY, id bigint"),
        ("bench_field", "n bigint PRIMARY KEY, field text"),
    ):
        connection.exec_driver_sql(f"CREATE TABLE {name} ({columns})")
    loaded = store.current(db.session())
    connection.execute(
        text("INSERT INTO bench_text VALUES (:n, :title, :body, :folded_title, :folded_body)"),
        [_text(number) for number in range(TEXTS)],
    )
    connection.execute(
        text("INSERT INTO bench_day VALUES (:n, :at, :day, :due, :answered, :closed)"),
        [_day(number) for number in range(DAYS_BACK)],
    )
    connection.execute(
        text("INSERT INTO bench_agency VALUES (:n, :id)"),
        [{"n": n, "id": loaded.agency_ids[code]} for n, code in enumerate(AGENCIES)],
    )
    connection.execute(
        text("INSERT INTO bench_field VALUES (:n, :field)"),
        [{"n": n, "field": f} for n, f in enumerate(FIELDS)],
    )


def _text(number: int) -> dict[str, object]:
    words = words_of_text(number)
    title, body = " ".join(words[:TITLE_WORDS]), " ".join(words[TITLE_WORDS:])
    return {"n": number, "title": title, "body": body, "folded_title": fold(title), "folded_body": fold(body)}


def _day(number: int) -> dict[str, object]:
    day = clock.today() - timedelta(days=number)
    at = f"{day.isoformat()} 03:00:00.000000+00:00"
    ends = {"due": 14, "answered": 9, "closed": 12}
    return {"n": number, "at": at, "day": day.isoformat()} | {
        name: (day + timedelta(days=days)).isoformat() for name, days in ends.items()
    }


def _write(connection: Connection, count: int, open_here: int, author_id: int) -> None:
    loaded = store.current(db.session())
    values = {
        "author": author_id,
        "open_here": open_here,
        "texts": TEXTS,
        "agencies": len(AGENCIES),
        "days": DAYS_BACK,
        "days_open": DAYS_OPEN,
        "fields": len(FIELDS),
        "profile": loaded.version_ids[f"regulations/{profile_for(loaded.catalogue, clock.today()).code}"],
        "calendar": loaded.version_ids[f"calendars/{loaded.catalogue.calendars[0].code}"],
    }
    numbers = NUMBERS[connection.dialect.name].format(count=count)
    for statement in STATEMENTS.read_text(encoding="utf-8").replace("{numbers}", numbers).split(";"):
        if statement.strip():
            wanted = {name: value for name, value in values.items() if f":{name}" in statement}
            connection.execute(text(statement), wanted)


def _tidy(connection: Connection, count: int) -> None:
    """Drop what the tickets were made of, let ids go on after them, tell the planner."""
    for name in ("bench_text", "bench_day", "bench_agency", "bench_field"):
        connection.exec_driver_sql(f"DROP TABLE {name}")
    if _on_postgres(connection):
        connection.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('ticket', 'id'), {count})")
    connection.exec_driver_sql("ANALYZE")


def _on_postgres(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"
