"""Plain view data for the component macros, from a loaded ticket; nothing here reads the database."""

from feedback_app.web.presenting.matter import file_views, letter_view, rating_views, size_text
from feedback_app.web.presenting.names import (
    agency_name,
    area_name,
    field_name,
    kind_name,
    local,
    procedure_name,
)
from feedback_app.web.presenting.standing import (
    ball_view,
    day_strip_view,
    deadline_view,
    phases,
    promise_view,
    status_meta,
)
from feedback_app.web.presenting.story import timeline

__all__ = [
    "agency_name",
    "area_name",
    "ball_view",
    "day_strip_view",
    "deadline_view",
    "field_name",
    "file_views",
    "kind_name",
    "letter_view",
    "local",
    "phases",
    "procedure_name",
    "promise_view",
    "rating_views",
    "size_text",
    "status_meta",
    "timeline",
]
