"""``feedback search``: the index of the search."""

import time

import click
from flask.cli import with_appcontext

from feedback_app.core import clock


@click.group("search", help="Tìm kiếm phiếu.")
def commands() -> None:
    pass


@commands.command("rebuild")
@with_appcontext
def rebuild() -> None:
    """Lập lại toàn bộ chỉ mục tìm kiếm; trong lúc lập, việc tìm kiếm vẫn dùng chỉ mục đang có."""
    from feedback_app.tickets.search import index  # brings the database along

    began = time.monotonic()
    count = index.rebuild(clock.now(), told=_tell)
    click.echo(f"Đã lập chỉ mục {count} phiếu trong {time.monotonic() - began:.1f} giây.")


def _tell(done: int) -> None:
    if done % 100_000 == 0:
        click.echo(f"… {done} phiếu")
