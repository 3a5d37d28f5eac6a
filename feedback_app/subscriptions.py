"""THE list event → handlers: nothing else knows who listens."""

from collections.abc import Mapping, Sequence

from feedback_app.core.outbox import Handler
from feedback_app.tickets import handlers as tickets
from feedback_app.tickets.events import (
    TicketFiled,
)

SUBSCRIPTIONS: Mapping[str, Sequence[Handler]] = {
    TicketFiled.name: (tickets.route,),
}
