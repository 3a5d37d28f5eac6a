"""What PostgreSQL is asked beside our statements: as little as possible, since each question costs a statement."""

import select
from functools import cached_property
from typing import Any

from flask import Flask, current_app, has_request_context, request
from flask_sqlalchemy.session import Session
from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError

READING = frozenset({"GET", "HEAD", "OPTIONS"})


class RequestSession(Session):
    """A session that opens no transaction for a page that only reads.

    At PostgreSQL's level (read committed) every statement sees its own state of the data, in a transaction or not.
    SQLite keeps its transaction: there it is what makes one state of a page's statements.
    """

    def get_bind(self, mapper: Any = None, clause: Any = None, bind: Any = None, **_kwargs: Any) -> Any:  # noqa: ARG002
        return self._engine if bind is None else bind

    @cached_property
    def _engine(self) -> Engine:
        """There is one database, and a session serves one request: chosen once, not for every statement."""
        reading = current_app.extensions.get("reading_engine") if is_reading() else None
        return reading or self._db.engine


def is_reading() -> bool:
    """Say whether a request is being answered that changes nothing."""
    return has_request_context() and request.method in READING


def init_app(app: Flask, engine: Engine) -> None:
    """Prepare ``engine``, a PostgreSQL one."""
    app.extensions["reading_engine"] = engine.execution_options(isolation_level="AUTOCOMMIT")
    event.listen(engine, "checkout", _refuse_closed)


def _refuse_closed(connection: Any, _record: object, _proxy: object) -> None:
    """Have the pool replace a connection that the server has left, without asking the server.

    Between two uses nothing is due from it: what lies there to be read is its farewell, or the end of the stream.
    """
    if connection.closed or _has_something_to_say(connection.fileno()):
        raise InvalidatePoolError


def _has_something_to_say(socket: int) -> bool:
    poll = select.poll()
    poll.register(socket, select.POLLIN)
    return bool(poll.poll(0))
