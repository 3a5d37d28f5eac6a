"""The shape of ``monitor.yaml``: from where on a figure looks groomed, and when a rate stands out."""

from datetime import time

from pydantic import Field

from feedback_app.catalogue.packs.shape import Shape, Text


class MonitorPack(Shape):
    """Thresholds of the signals; all of them are the system's own.

    ``z`` and ``ratio`` say how far an agency's rate must lie above that of the others, ``minimum_n`` and
    ``minimum_hits`` below which nothing is said of it.
    """

    version: Text
    window_days: int = Field(ge=28, le=366)
    z: float = Field(ge=1.64, le=5)
    ratio: float = Field(ge=1, le=10)
    minimum_n: int = Field(ge=10, le=1000)
    minimum_hits: int = Field(ge=2, le=1000)
    last_hour_from: time
    shortest_answer: int = Field(ge=10, le=2000)  # characters
    copies: int = Field(ge=2, le=100)  # of one text, to tickets of no common cluster
    least_marks: int = Field(ge=1, le=4)
    days_before_due: int = Field(ge=0, le=10)  # working days
    pause_share: float = Field(gt=0, le=0.5)
    rating_days: int = Field(ge=1, le=60)  # working days
    confirmed: bool
    source: Text
