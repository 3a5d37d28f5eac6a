"""An accusation in an ordinary filing is noticed in what was sent, before any of it is stored.

The filer is told that an ordinary ticket is read by an agency, and chooses: a sealed report, an open one to
the inspectorate, another text, or to go on. Until then the text stays in the page only.
"""

from flask import render_template, request

from feedback_app.routing.accusation import Notice, noticed
from feedback_app.web.intake import kinds
from feedback_app.web.intake.desk import Desk

GO_ON, REPORT, EDIT = "go_on", "report", "edit"
WENT_ON = "went_on"  # how the ticket records that the filer was warned


def to_settle(desk: Desk, text: str) -> Notice | None:
    """Apply the filer's choice to the draft; return what was noticed while there is none."""
    content = desk.content
    found = noticed(text)
    content.accusing = found is not None
    if found is None or kinds.is_sensitive(content.kind):
        content.accusation = None
        return None
    chosen = request.form.get("choice")
    if chosen == REPORT:
        content.kind = kinds.INFORMAL_COST
        return None
    if chosen == GO_ON or (content.accusation and chosen is None):
        content.accusation = WENT_ON
        return None
    return found


def wants_to_edit() -> bool:
    return request.form.get("choice") == EDIT


def choice_page(notice: Notice, text: str) -> str:
    """Return the page of the choice; what was sent rides along in hidden fields, ``text`` to the sealed channel."""
    sent = [(k, v) for k, v in request.form.items(multi=True) if k not in {"csrf_token", "choice"}]
    return render_template(
        "intake/accusation.html", phrases=longest(notice.phrases), sent=sent, story=text.strip()
    )


def longest(phrases: tuple[str, ...]) -> list[str]:
    """Return the phrases that are not part of another one."""
    return [
        one.strip(" .,;:") for one in phrases if not any(one != other and one in other for other in phrases)
    ]
