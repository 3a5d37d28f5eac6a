"""Looks at every object of a PDF in a process of its own, which a hostile file may exhaust without harm to ours.

Run as a script with the path of the file: prints a ``Fault`` by name, nothing for a file without one.
A few kilobytes of PDF can unfold to gigabytes while it is opened, and its parser cannot be stopped half-way.
"""

import resource
import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

SECONDS = 10  # of processor time; an honest scan of 20 MB takes less than one
MOST_MEMORY = 1024 * 1024 * 1024  # bytes
MOST_OBJECTS = 200_000
_SCRIPT_ACTIONS = frozenset({"/JavaScript", "/Rendition"})
_OTHER_ACTIONS = frozenset({"/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR", "/Sound", "/Movie"})
_FILE_KEYS = frozenset({"/EmbeddedFiles", "/EmbeddedFile", "/EF"})


class Fault(StrEnum):
    """Why a PDF is not taken in."""

    BROKEN = "broken"
    LOCKED = "locked"
    NO_PAGE = "no_page"
    TOO_COMPLEX = "too_complex"
    SCRIPT = "script"
    ACTION = "action"
    EMBEDDED = "embedded"
    ACTIVE_FORM = "active_form"


def limit_this_process() -> None:
    """Let the system end this process when it takes too long, or refuse it more memory."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def fault_of(path: str) -> Fault | None:
    """Return what is wrong with the PDF at ``path``, ``None`` when nothing is."""
    import pikepdf  # after the limits: opening libraries counts too

    try:
        with pikepdf.open(path, attempt_recovery=False) as document:
            return _walk(document, pikepdf)
    except pikepdf.PasswordError:
        return Fault.LOCKED
    except MemoryError:
        return Fault.TOO_COMPLEX
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError):
        return Fault.BROKEN


def _walk(document: Any, pikepdf: Any) -> Fault | None:
    if len(document.pages) == 0:
        return Fault.NO_PAGE
    if len(document.objects) > MOST_OBJECTS:
        return Fault.TOO_COMPLEX
    written = (found for item in document.objects for found in _dictionaries(item, pikepdf))
    faults = (_active(dictionary) for dictionary in (document.trailer, *written))
    return next((fault for fault in faults if fault is not None), None)


def _dictionaries(item: Any, pikepdf: Any, depth: int = 0) -> Iterator[Any]:
    """Yield ``item`` and the dictionaries written inside it; references are objects of their own."""
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        yield item
        entries = [item.get(key) for key in item.keys()]  # noqa: SIM118 - a PDF object is no mapping
    else:
        entries = list(item) if isinstance(item, pikepdf.Array) else []
    for entry in entries:
        direct = isinstance(entry, pikepdf.Object) and not entry.is_indirect
        if direct and depth < 20:  # noqa: PLR2004 - deeper than any honest file
            yield from _dictionaries(entry, pikepdf, depth + 1)


def _active(dictionary: Any) -> Fault | None:
    keys = set(dictionary.keys())
    action = str(dictionary.get("/S", "")) if "/S" in keys else ""
    if "/JS" in keys or "/JavaScript" in keys or action in _SCRIPT_ACTIONS:
        return Fault.SCRIPT
    if action in _OTHER_ACTIONS:
        return Fault.ACTION
    if keys & _FILE_KEYS or str(dictionary.get("/Type", "")) == "/EmbeddedFile":
        return Fault.EMBEDDED
    if "/XFA" in keys or str(dictionary.get("/Subtype", "")) in {"/RichMedia", "/3D", "/Flash"}:
        return Fault.ACTIVE_FORM
    return None


if __name__ == "__main__":
    limit_this_process()
    print(fault_of(sys.argv[1]) or "")  # noqa: T201 - the answer to the process that asks
