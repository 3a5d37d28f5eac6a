"""Packs: what an official may change, as data. Pure: shapes, the YAML reader, checks, the directory."""

from feedback_app.catalogue.packs.catalogue import Catalogue
from feedback_app.catalogue.packs.directory import AgencyEnded, AgencyOnDay, Directory
from feedback_app.catalogue.packs.errors import PackError
from feedback_app.catalogue.packs.reader import assemble, dump, parse, read, read_one, shipped
from feedback_app.catalogue.packs.shape import Kind, LocalText

__all__ = [
    "AgencyEnded",
    "AgencyOnDay",
    "Catalogue",
    "Directory",
    "Kind",
    "LocalText",
    "PackError",
    "assemble",
    "dump",
    "parse",
    "read",
    "read_one",
    "shipped",
]
