"""What can be done with many tickets at once."""

from flask_babel import lazy_gettext as _l

from feedback_app.accounts.actor import Actor
from feedback_app.tickets.labels import ACTS
from feedback_app.tickets.lifecycle import Act
from feedback_app.tickets.policy import COORDINATING_OFFICES

BULK = (Act.ACCEPT, Act.DELEGATE, Act.NOTE, Act.ASSIGN)
SAID = {
    Act.ACCEPT: _l("Đã nhận giải quyết"),
    Act.DELEGATE: _l("Đã giao người xử lý"),
    Act.NOTE: _l("Đã ghi chú"),
    Act.ASSIGN: _l("Đã giao cơ quan giải quyết"),
}


def acts_for(person: Actor) -> list[tuple[str, str]]:
    """Return the acts on many tickets that can be this person's, with their words."""
    acts = (
        BULK if person.holds(*COORDINATING_OFFICES) else tuple(act for act in BULK if act is not Act.ASSIGN)
    )
    return [(act.value, str(ACTS[act])) for act in acts]
