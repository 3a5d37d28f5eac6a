"""``feedback tickets``: the rules of the life of a ticket, for people who read documentation."""

import click

from feedback_app.tickets import picture


@click.group("tickets", help="Phiếu phản ánh.")
def commands() -> None:
    pass


@commands.command("lifecycle", help="In bảng trạng thái và việc được làm (Markdown).")
def lifecycle() -> None:
    click.echo(picture.page(), nl=False)
