"""How far a report is. Pure."""

from enum import StrEnum


class State(StrEnum):
    """Asked for, under way, finished, or given up."""

    ASKED = "asked"
    MAKING = "making"
    DONE = "done"
    FAILED = "failed"


FORMATS = ("docx", "pdf", "xlsx")
STEPS = 1 + len(FORMATS)  # figures and list, then the files one by one
