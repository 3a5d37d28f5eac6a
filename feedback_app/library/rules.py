"""Which answers are never published, and which documents a text cites. Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from feedback_app.catalogue.packs import LocalText
from feedback_app.catalogue.packs.library import LibraryPack, Mark

_DOCUMENT = re.compile(r"(?<![\w/])\d{1,4}/\d{4}/[A-ZĐ]{2,}(?:\d{1,2}\b|(?:-[A-ZĐ&]{2,})*)")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules need to know of a ticket."""

    kind: str
    sensitive: bool
    hidden_name: bool
    accusation: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A part that an officer wrote otherwise than the system proposed."""

    before: str
    after: str


def withheld(facts: Facts, pack: LibraryPack) -> LocalText | None:
    """Return why an answer to such a ticket is never published; ``None``: it may be."""
    marks = {
        Mark.SENSITIVE: facts.sensitive,
        Mark.HIDDEN_NAME: facts.hidden_name,
        Mark.ACCUSATION: facts.accusation,
    }
    for rule in pack.withheld:
        if facts.kind in rule.kinds or (rule.mark is not None and marks[rule.mark]):
            return rule.reason
    return None


def cited(*texts: str) -> list[str]:
    """Return the numbers of the documents of state that the texts cite, each once, in order."""
    return list(dict.fromkeys(found for text in texts for found in _DOCUMENT.findall(text)))


def changes(before: str, after: str) -> list[Change]:
    """Return what was changed from the one text to the other, word by word."""
    old, new = before.split(), after.split()
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [Change(" ".join(old[a:b]), " ".join(new[c:d])) for tag, a, b, c, d in steps if tag != "equal"]
