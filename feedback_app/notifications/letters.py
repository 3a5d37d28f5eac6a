"""From a row of the ledger to what is sent: in the reader's language, under an id that stays the same."""

from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from feedback_app.accounts import links
from feedback_app.accounts.links import Purpose
from feedback_app.core import clock
from feedback_app.core.security import keyed_hash
from feedback_app.notifications import unsubscribing
from feedback_app.notifications.labels import heading
from feedback_app.notifications.models import Dispatch
from feedback_app.notifications.rules import ASKED_FOR, Channel, Letter
from feedback_app.surveys.tokens import pulse_token


def compose(message: Dispatch) -> EmailMessage:
    """Return the mail; sent again after a crash it bears the same Message-ID, by which mailboxes know it.

    SMTP knows no "sent once": whoever dies between the server's yes and the note of it sends the mail again.
    """
    leave = _way_out(message)
    with force_locale(message.locale):
        text = render_template(
            f"mail/{message.letter}.txt", **message.data, link=_link(message), leave=leave, heading=heading
        )
    subject, _blank, body = text.partition("\n")
    mail = EmailMessage()
    mail["Subject"] = subject.strip()
    mail["From"] = current_app.extensions["settings"].mail_from
    mail["To"] = message.recipient
    mail["Date"] = format_datetime(message.created_at.astimezone(clock.LOCAL))
    mail["Message-ID"] = f"<{keyed_hash(message.key, 'mail')[:32]}@{_host()}>"
    mail["Auto-Submitted"] = "auto-generated"
    if leave:
        mail["List-Unsubscribe"] = f"<{leave}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(body.strip() + "\n")
    return mail


def short_text(message: Dispatch) -> str:
    """Return the text of a message to a telephone: constant but for the number of the ticket or a link."""
    number = message.data.get("ticket", "")
    with force_locale(message.locale):
        if message.letter == Letter.CODE:
            code = message.data["code"]
            return str(
                _("Mã xác nhận cho phiếu %(number)s: %(code)s, dùng trong 30 phút.", number=number, code=code)
            )
        if message.letter == Letter.PULSE:
            text = _(
                "UBND tỉnh Khánh Hòa mời Quý doanh nghiệp trả lời 7 câu hỏi ngắn, không ghi tên: %(link)s",
                link=_link(message),
            )
        elif message.letter == Letter.OVERDUE:
            text = _(
                "Phiếu %(number)s đã quá hạn, vui lòng đăng nhập %(link)s", number=number, link=_link(message)
            )
        elif message.letter == Letter.DIALOGUE:
            code = message.data["meeting"]
            text = _("Có tin về hội nghị %(code)s, vui lòng xem %(link)s", code=code, link=_link(message))
        elif message.data.get("guest"):
            text = _(
                "Có tin mới về phiếu %(number)s, vui lòng tra cứu tại %(link)s",
                number=number,
                link=_link(message),
            )
        else:
            text = _(
                "Có tin mới về phiếu %(number)s, vui lòng đăng nhập %(link)s",
                number=number,
                link=_link(message),
            )
        leave = _way_out(message)
        return f"{text} {_('Ngừng nhận tin: %(link)s', link=leave)}" if leave else str(text)


def _way_out(message: Dispatch) -> str:
    """Return the address under which the reader unsubscribes; legal notices and what one asked for have none."""
    if message.data.get("legal") or message.letter in ASKED_FOR:
        return ""
    scope = unsubscribing.scope_of(message)
    return _address("portal.unsubscribe", token=unsubscribing.token(scope, _who(message)))


def _who(message: Dispatch) -> str:
    if message.user_id is not None:
        return unsubscribing.account(message.user_id)
    return unsubscribing.contact(Channel(message.channel), message.recipient)


def _link(message: Dispatch) -> str:
    """Return where the reader goes on: a guest to the page that asks for the code, others to their inbox."""
    if message.letter == Letter.RESET:
        return _address("portal.reset", token=links.token_of(message.data["seed"], Purpose.RESET))
    if message.letter == Letter.CONFIRM:
        return _address("portal.confirm", token=links.token_of(message.data["seed"], Purpose.CONFIRM))
    if message.letter == Letter.PULSE:
        token = pulse_token(message.data["seed"])
        in_english = {"ngon_ngu": message.locale} if message.locale == "en" else {}
        return _address("pulses.questions", token=token, **in_english)
    if message.letter == Letter.DIALOGUE:
        return _to_meeting(message.data)
    return _address(_place(message))


def _place(message: Dispatch) -> str:
    """Return the page that a letter without a token leads to."""
    data = message.data
    places = {
        Letter.BRIEF: "leadership.brief",
        Letter.FIGURES: "reconciliation.index",
        Letter.PROGRAMME: "leadership.programme" if data.get("board") else "programme.index",
        Letter.WEEKLY: "leadership.index",
        Letter.WORD: "leadership.brief" if data.get("obstacle") else "officer.queue",
    }
    return places.get(Letter(message.letter)) or (
        "follow.index" if data.get("guest", True) else "inbox.index"
    )


def _to_meeting(data: Mapping[str, Any]) -> str:
    if data["what"] in {"item", "reply"}:
        return _address("meetings.own")
    return _address("meetings.meeting" if data["inside"] else "dialogues.meeting", code=data["meeting"])


def _address(endpoint: str, **values: str) -> str:
    path = current_app.url_map.bind("").build(endpoint, values)
    return f"{current_app.config['BASE_URL'].rstrip('/')}{path}"


def _host() -> str:
    return urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"
