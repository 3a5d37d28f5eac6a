"""From a row of the ledger to a mail: in the reader's language, under an id that stays the same."""

from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlsplit

from flask import current_app, render_template
from flask_babel import force_locale

from feedback_app.core import clock
from feedback_app.core.security import keyed_hash
from feedback_app.notifications.models import Mail


def compose(mail: Mail) -> EmailMessage:
    """Return the mail; sent again after a crash it bears the same Message-ID, by which mailboxes know it."""
    with force_locale(mail.locale):
        text = render_template(f"mail/{mail.letter}.txt", **mail.data, link=_link(mail))
    subject, _blank, body = text.partition("\n")
    message = EmailMessage()
    message["Subject"] = subject.strip()
    message["From"] = current_app.extensions["settings"].mail_from
    message["To"] = mail.recipient
    message["Date"] = format_datetime(mail.created_at.astimezone(clock.LOCAL))
    message["Message-ID"] = f"<{keyed_hash(mail.key, 'mail')[:32]}@{_host()}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body.strip() + "\n")
    return message


def _link(mail: Mail) -> str:
    """Return where the reader goes on: a guest to the page that asks for the code, others to their inbox."""
    inbox = not mail.data.get("guest", True)
    path = current_app.url_map.bind("").build("inbox.index" if inbox else "follow.index")
    return f"{current_app.config['BASE_URL'].rstrip('/')}{path}"


def _host() -> str:
    return urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"
