"""The inspectors' daily mail about sealed reports: constant text at a fixed time, so that its coming says nothing.

The ordinary side sends it, which knows nothing of sealed reports: it could not tell if it wanted to.
"""

from email.message import EmailMessage
from email.utils import format_datetime
from uuid import uuid4

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from feedback_app.accounts.actor import Function
from feedback_app.core import clock
from feedback_app.core.db import db
from feedback_app.notifications import people
from feedback_app.notifications.transport import transport_for


def send_reminders() -> int:
    """Send the mail of today to every inspector, whether or not there is news; return how many."""
    settings = current_app.extensions["settings"]
    transport = transport_for(settings)
    inspectors = people.holding(db.session(), Function.INSPECTOR)
    for person in inspectors:
        transport(reminder(settings.mail_from, person.user.email, settings.base_url))
    return len(inspectors)


def reminder(sender: str, recipient: str, base_url: str) -> EmailMessage:
    """Return the mail: the same every day but for date and name of the message."""
    mail = EmailMessage()
    with force_locale("vi"):
        mail["Subject"] = _("Nhắc mở danh sách báo cáo kín")
        mail.set_content(
            _(
                "Xin mở danh sách báo cáo kín trong ngày làm việc hôm nay: %(url)s\n\n"
                "Thư này gửi mỗi ngày với cùng nội dung, dù có hay không có báo cáo mới.",
                url=f"{base_url}/bao-cao-kin/thanh-tra",
            )
        )
    mail["From"], mail["To"] = sender, recipient
    mail["Date"] = format_datetime(clock.now().astimezone(clock.LOCAL))
    mail["Message-ID"] = f"<{uuid4().hex}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    return mail
