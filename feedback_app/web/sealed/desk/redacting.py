"""Blacking out before a text is shared: marked by a person, helped by shapes; what goes out holds no hidden text."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from flask import render_template, request
from flask_babel import gettext as _

from feedback_app.confidential.redaction import BLOCK, blacked_out, spans
from feedback_app.core.text import fold
from feedback_app.web.sealed.desk.report import download
from feedback_app.web.sealed.desk.room import Page, desk, here
from feedback_app.web.sealed.desk.seen import seen
from feedback_app.web.sealed.desk.standing import Standing, standing

SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*\s*|\n+")
SHORTEST_HIDDEN = 4  # characters of a hidden piece that is looked for in the rest


@dataclass(frozen=True)
class Draft:
    """What would be shared, and which words still stand in it though they were hidden elsewhere."""

    text: str
    left: tuple[str, ...]
    hidden: int


def sentences(text: str) -> list[str]:
    """Return the text cut after its sentences and lines; joined they are the text again."""
    return SENTENCE.findall(text)


def draft(text: str, marked: Collection[int], words: Iterable[str]) -> Draft:
    """Return the text with marked sentences, words and whatever looks like a person or firm blacked out."""
    words = tuple(word.strip() for word in words if word.strip())
    parts = sentences(text)
    kept = "".join(_blacked(part) if number in marked else part for number, part in enumerate(parts))
    pieces = {kept[start:end] for start, end in spans(kept, words)} - {BLOCK}
    everywhere = (*words, *(piece for piece in pieces if len(piece) >= SHORTEST_HIDDEN))
    shared = blacked_out(kept, everywhere)
    left = tuple(sorted({word for word in everywhere if fold(word) in fold(shared)}))
    return Draft(shared, left, shared.count(BLOCK))


def _blacked(part: str) -> str:
    """Return a block of one length; the white space at its end stays, so that lines stay lines."""
    text = part.rstrip()
    return BLOCK + part[len(text) :] if text else part


def source(at: Standing) -> str:
    """Return what the reporter wrote: the account, then the answers."""
    answers = [m.text for m in at.opened.shared.messages if m.by == "reporter" and m.text]
    return "\n\n".join([at.opened.shared.story, *answers]).strip()


@desk.route("/bao-cao/<report_id>/che", methods=["GET", "POST"])
def redact(report_id: str) -> Page:
    """Mark passages, look at the result, take it out as text or into the referral. Nothing is stored."""
    at = standing(here(), report_id)
    marked = set(request.form.getlist("marked", int))
    words = request.form.get("words", "")[:5000]
    made = draft(source(at), marked, words.splitlines())
    if "download" in request.form:
        return download(made.text.encode(), str(_("ban-da-che.txt")), "text/plain; charset=utf-8")
    return render_template(
        "sealed/desk/redact.html",
        view=seen(at),
        parts=list(enumerate(sentences(source(at)))),
        marked=marked,
        words=words,
        made=made,
        may_refer=at.is_open and at.handles,
    )
