"""Step 6: all answers, the promise, and the act of filing. Lean: it is what is measured."""

from typing import Any

from flask import current_app, redirect, render_template, session, url_for

from feedback_app.catalogue import store
from feedback_app.core import clock, i18n
from feedback_app.core.db import db, unit_of_work
from feedback_app.core.limits import limiter
from feedback_app.intake import codes
from feedback_app.intake.content import Content
from feedback_app.intake.services import attaching, drafts, filing
from feedback_app.web.intake import answers, blueprint, cookies, kinds, promising
from feedback_app.web.intake import desk as desks
from feedback_app.web.intake.desk import Desk
from feedback_app.web.intake.step import Page, heading, unanswered

RECEIPT = "receipt"  # key of the signed cookie: which filing's receipt this browser may see


@blueprint.get("/kiem-tra")
def check() -> Page:
    """Show what will be sent, who is likely to answer, by when and why."""
    desk = desks.find()
    if desk is None:
        return redirect(url_for("intake.start"))
    step = unanswered(desk.content, sensitive=kinds.is_sensitive(desk.content.kind))
    return redirect(url_for(f"intake.{step}", ve="kiem-tra")) if step else _page(desk)


@blueprint.post("/kiem-tra")
@limiter.limit("30 per hour")
def send() -> Page:
    """File the draft and go to its receipt; sent twice, it is the same receipt."""
    secret = cookies.draft() or cookies.filed()
    if secret is None:
        return redirect(url_for("intake.start"))
    content = _filed(secret)
    if content is None:
        return redirect(url_for("intake.resume"))
    if content.files:
        attaching.clear(secret)
    session[RECEIPT] = codes.submission(secret)
    return cookies.turn_filed(redirect(url_for("intake.receipt")), secret)


def _filed(secret: str) -> Content | None:
    """Return what was filed, now or before; ``None`` when the draft is incomplete or gone."""
    sender = desks.sender()  # before the transaction: it may read who is signed in
    try:
        with unit_of_work() as work:
            content = _taken(work, secret)
            filing.send(
                work,
                secret,
                content,
                store.current(work),
                sender=sender,
                at=clock.now(),
                locale=i18n.language(),
                prefix=current_app.extensions["settings"].code_prefix,
            )
            return content
    except filing.NotFiled:
        return Content() if filing.is_filed(db.session(), secret) else None


def _taken(work: Any, secret: str) -> Content:
    content = drafts.take(work, secret, clock.now())
    if content is None or unanswered(content, sensitive=kinds.is_sensitive(content.kind)):
        raise filing.NotFiled  # the draft is put back with the transaction
    return content


def _page(desk: Desk) -> str:
    content, today, catalogue = desk.content, clock.today(), desks.catalogue()
    drawn = promising.drawn(catalogue, content.kind, i18n.language(), content.area)
    return render_template(
        "intake/check.html",
        content=content,
        rows=answers.rows(content, catalogue),
        suggestion=desks.suggestion(content, today),
        promised=drawn.promised,
        strip=drawn.strip,
        sensitive=kinds.is_sensitive(content.kind),
        staff=desks.sender().staff,
        **heading("check"),
    )
