"""Recognising the neighbouring procedures that are not handled as tickets."""

from functools import cache
from typing import Literal

from feedback_app.catalogue.packs import shipped
from feedback_app.routing.phrases import Matcher, Phrase, read

Procedure = Literal["complaint", "denunciation"]


@cache
def _shipped_matcher() -> Matcher:
    vocabulary = shipped().vocabulary
    groups = {"denunciation": vocabulary.denunciation, "complaint": vocabulary.complaint}
    phrases = (Phrase(tag, 1.0, phrase) for tag, group in groups.items() for phrase in group)
    return Matcher(phrases, vocabulary.abbreviations)


def recognised(text: str) -> Procedure | None:
    """``denunciation`` (tố cáo) or ``complaint`` (khiếu nại) when the text calls itself one, else ``None``.

    Both have their own channel and law; a ticket explains it and does not replace it.
    """
    hits = _shipped_matcher().hits(read(text, shipped().vocabulary.abbreviations))
    tags = {hit.phrase.tag for hit in hits}
    if "denunciation" in tags:
        return "denunciation"
    return "complaint" if "complaint" in tags else None
