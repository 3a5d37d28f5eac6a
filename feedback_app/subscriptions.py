"""THE list event → handlers: nothing else knows who listens."""

from collections.abc import Mapping, Sequence

from feedback_app.accounts.events import ConfirmationRequested, ResetRequested, SignUpRepeated
from feedback_app.briefing.events import BriefWritten, WordGiven
from feedback_app.closing import handlers as closing
from feedback_app.closing.events import FiguresUnconfirmed, FreezeAsked
from feedback_app.core.outbox import Handler
from feedback_app.dialogues.events import DuesReminded, MeetingNews
from feedback_app.escalation.events import TicketsReminded
from feedback_app.intake.events import CodeRequested
from feedback_app.notifications import handlers as notifications
from feedback_app.programme.events import ReportsReminded
from feedback_app.reorganisation import handlers as reorganisation
from feedback_app.reorganisation.events import TicketsLeft
from feedback_app.sorting import handlers as sorting
from feedback_app.tickets import handlers as tickets
from feedback_app.tickets.events import (
    CalendarChanged,
    EnterpriseAsked,
    EnterpriseReplied,
    ProposalDecided,
    TicketAnswered,
    TicketAssigned,
    TicketClosed,
    TicketDisputed,
    TicketFiled,
    TicketNews,
)

SUBSCRIPTIONS: Mapping[str, Sequence[Handler]] = {
    BriefWritten.name: (notifications.brief_written,),
    CalendarChanged.name: (tickets.move_to_calendar,),
    CodeRequested.name: (notifications.code_requested,),
    ConfirmationRequested.name: (notifications.confirmation_requested,),
    DuesReminded.name: (notifications.dues_reminded,),
    EnterpriseAsked.name: (notifications.enterprise_asked, tickets.write_down),
    EnterpriseReplied.name: (notifications.enterprise_replied, tickets.write_down),
    FiguresUnconfirmed.name: (notifications.figures_unconfirmed,),
    FreezeAsked.name: (closing.freeze_asked,),
    MeetingNews.name: (notifications.meeting_news,),
    ProposalDecided.name: (tickets.proposal_decided,),
    ReportsReminded.name: (notifications.reports_reminded,),
    ResetRequested.name: (notifications.reset_requested,),
    SignUpRepeated.name: (notifications.sign_up_repeated,),
    TicketAnswered.name: (notifications.answered, tickets.write_down, tickets.decided_alone),
    TicketAssigned.name: (notifications.assigned, sorting.assigned, tickets.write_down),
    TicketClosed.name: (notifications.closed, tickets.write_down, tickets.decided_alone),
    TicketDisputed.name: (notifications.disputed, tickets.write_down),
    TicketFiled.name: (tickets.route,),
    TicketsLeft.name: (reorganisation.tickets_left,),
    TicketNews.name: (notifications.news, tickets.decided_alone),
    TicketsReminded.name: (notifications.tickets_reminded,),
    WordGiven.name: (notifications.word_given,),
}
