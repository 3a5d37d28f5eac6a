"""``feedback run``: everything on this machine."""

import click


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    envvar="PORT",
    show_default=True,
    help="Cổng web; nếu đang bận thì dùng cổng trống kế tiếp.",
)
def run(port: int) -> None:
    """Chạy cả hệ thống trên máy này: cơ sở dữ liệu, Redis, web, worker; Ctrl-C để dừng tất cả."""
    from feedback_app.config import Settings
    from feedback_app.runtime.up import up

    raise SystemExit(up(Settings.from_environment(), port))
