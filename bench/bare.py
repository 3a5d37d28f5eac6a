"""The least a Flask application can do with a filing: one form, one ticket row, one outbox row, a redirect.

Everything else that a filing needs costs more than this; ``bench.filing`` says how much more.
"""

import os
from datetime import UTC, datetime

from flask import Flask, redirect, render_template, url_for
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect, FlaskForm
from jinja2 import DictLoader
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

PAGES = {
    "form.html": """<!doctype html><title>Gửi phiếu</title>
<form method="post">{{ form.hidden_tag() }}
{% for field in (form.title, form.body, form.field, form.name, form.email) %}
<p>{{ field.label }} {{ field() }} {% for error in field.errors %}<b>{{ error }}</b>{% endfor %}</p>
{% endfor %}<button>Gửi</button></form>""",
    "receipt.html": "<!doctype html><title>Biên nhận</title><p>Phiếu số {{ ticket.id }}: {{ ticket.title }}</p>",
}


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Ticket(Base):
    __tablename__ = "ticket"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    body: Mapped[str]
    field: Mapped[str]
    name: Mapped[str]
    email: Mapped[str]
    received_at: Mapped[datetime]


class Outbox(Base):
    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    ticket_id: Mapped[int]


class FilingForm(FlaskForm):
    title = StringField("Tiêu đề", validators=[DataRequired(), Length(max=200)])
    body = TextAreaField("Nội dung", validators=[DataRequired(), Length(max=8000)])
    field = SelectField("Lĩnh vực", choices=[(f"field-{n}", f"Lĩnh vực {n}") for n in range(40)])
    name = StringField("Tên", validators=[DataRequired(), Length(max=200)])
    email = StringField("Thư điện tử", validators=[Length(max=200)])


def create_app(database_url: str = "") -> Flask:
    """Return the application on ``database_url``, else on ``DATABASE_URL``."""
    app = Flask("bench.bare")
    app.jinja_loader = DictLoader(PAGES)
    app.config.update(SECRET_KEY="bench", SQLALCHEMY_DATABASE_URI=database_url or os.environ["DATABASE_URL"])
    db.init_app(app)
    CSRFProtect(app)
    app.add_url_rule("/", "form", _form, methods=["GET", "POST"])
    app.add_url_rule("/receipt/<int:ticket_id>", "receipt", _receipt)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", _like_ours)
    return app


def prepare(database_url: str) -> None:
    """Make the two tables, once, before any worker starts."""
    with create_app(database_url).app_context():
        db.create_all()
        db.engine.dispose()


def _form() -> str | Response:
    form = FilingForm()
    if not form.validate_on_submit():
        return render_template("form.html", form=form)
    ticket = Ticket(received_at=datetime.now(UTC).replace(tzinfo=None))
    form.populate_obj(ticket)
    db.session.add(ticket)
    db.session.flush()
    ticket_id = ticket.id
    db.session.add(Outbox(name="ticket.filed", ticket_id=ticket_id))
    db.session.commit()
    return redirect(url_for("receipt", ticket_id=ticket_id))


def _receipt(ticket_id: int) -> str:
    return render_template("receipt.html", ticket=db.get_or_404(Ticket, ticket_id))


def _like_ours(connection, _record) -> None:  # noqa: ANN001 - the driver's own connection
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")
