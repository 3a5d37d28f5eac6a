"""THE list of modules with tables: importing it makes the metadata complete."""

from feedback_app.accounts import models as accounts
from feedback_app.briefing import models as briefing
from feedback_app.catalogue import models as catalogue
from feedback_app.core import audit, numbers, outbox
from feedback_app.core.db import Base
from feedback_app.dialogues import models as dialogues
from feedback_app.escalation import models as escalation
from feedback_app.inspections import models as inspections
from feedback_app.intake import models as intake
from feedback_app.library import models as library
from feedback_app.monitor import models as monitor
from feedback_app.notifications import models as notifications
from feedback_app.opendata import models as opendata
from feedback_app.programme import models as programme
from feedback_app.pulses import models as pulses
from feedback_app.reorganisation import models as reorganisation
from feedback_app.reports import models as reports
from feedback_app.sorting import models as sorting
from feedback_app.statistics import archive
from feedback_app.statistics import models as statistics
from feedback_app.surveys import models as surveys
from feedback_app.surveys import outside
from feedback_app.tickets import beyond, coordination, drafting, saved, templating
from feedback_app.tickets import models as tickets
from feedback_app.tickets.search import tables as search

MODULES = (
    accounts,
    archive,
    audit,
    beyond,
    briefing,
    catalogue,
    coordination,
    dialogues,
    drafting,
    escalation,
    statistics,
    inspections,
    intake,
    monitor,
    library,
    notifications,
    numbers,
    opendata,
    outbox,
    outside,
    programme,
    pulses,
    reorganisation,
    reports,
    saved,
    search,
    sorting,
    surveys,
    templating,
    tickets,
)
METADATA = Base.metadata
