"""The administrator's overview, and how the house is."""

from flask import current_app, render_template

from feedback_app.core import health as house
from feedback_app.core.db import db
from feedback_app.notifications import queries as notifications
from feedback_app.notifications.rules import Channel
from feedback_app.web.admin import blueprint
from feedback_app.web.admin.unconfirmed import doubts


@blueprint.get("/")
def index() -> str:
    session = db.session()
    return render_template(
        "admin/index.html",
        doubts=doubts(),
        queue=house.queue(session),
        redis=house.redis_answers(),
        mails=notifications.counts(session, Channel.MAIL),
    )


@blueprint.get("/tinh-trang")
def health() -> str:
    session = db.session()
    settings = current_app.extensions["settings"]
    return render_template(
        "admin/health.html",
        queue=house.queue(session),
        redis=house.redis_answers(),
        mails=notifications.counts(session, Channel.MAIL),
        mail_folder=None if settings.smtp_url else settings.data_dir / "mail",
    )
