"""Small builders of people and tickets, through the same services that the pages use."""

from tests.factories.inspections import a_visit, an_entry
from tests.factories.messages import a_message, a_message_given_up
from tests.factories.people import a_person, actor_of, an_enterprise, sign_in
from tests.factories.tickets import a_filing, a_ticket, reread

__all__ = [
    "a_filing",
    "a_message",
    "a_message_given_up",
    "a_person",
    "a_ticket",
    "a_visit",
    "actor_of",
    "an_enterprise",
    "an_entry",
    "reread",
    "sign_in",
]
