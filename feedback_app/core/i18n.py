"""Language of a page, and dates and numbers as people of that language write them."""

from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from flask import Flask, g, has_request_context, session
from flask_babel import Babel, Domain, get_locale
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from feedback_app.core.clock import LOCAL

LANGUAGES = ("vi", "en")
TRANSLATIONS = Path(__file__).resolve().parents[1] / "translations"
WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


class _Domain(Domain):
    """Finds the texts of the page's language with one look; Flask-Babel's own way costs more than a small page."""

    def get_translations(self) -> Any:
        try:
            found = self._kept.get(g.get("_flask_babel").babel_locale.language)
        except (AttributeError, RuntimeError):  # no language yet, or no application
            found = None
        if found is None:
            found = super().get_translations()  # chooses the language, reads its file
            if (locale := get_locale()) is not None:
                self._kept[locale.language] = found
        return found

    @cached_property
    def _kept(self) -> dict[str, Any]:
        return {}


class _Babel(Babel):
    @cached_property
    def domain_instance(self) -> _Domain:
        return _Domain(domain=self.domain)


babel = _Babel()


def init_app(app: Flask) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = "vi"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Ho_Chi_Minh"
    babel.init_app(app, locale_selector=_selected, default_translation_directories=str(TRANSLATIONS))
    templates: Any = app.jinja_env  # its extension adds the method
    templates.install_gettext_callables(_gettext, _ngettext, newstyle=True)
    templates.globals |= {"_": _in_template, "gettext": _in_template}
    app.jinja_env.filters |= {"ngay": ngay, "ngay_thu": ngay_thu, "ngay_gio": ngay_gio, "so": so}
    app.context_processor(lambda: {"locale": language(), "languages": LANGUAGES})


def language() -> str:
    """Return ``vi`` or ``en``; outside a request Vietnamese, unless a block forces a locale."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "vi"


def choose(code: str) -> None:
    """Keep the reader's language for the visit; an unknown one is ignored."""
    if code in LANGUAGES:
        session["language"] = code


def ngay(value: date | datetime | None) -> str:
    """Return ``23/11/2026``, of an instant its date in Viet Nam."""
    return "" if value is None else f"{_local(value):%d/%m/%Y}"


def ngay_thu(value: date | datetime | None) -> str:
    """Return ``thứ Năm 26/02/2026``."""
    return "" if value is None else f"{WEEKDAYS[language()][_local(value).weekday()]} {ngay(value)}"


def ngay_gio(value: datetime | None) -> str:
    """Return ``09:30 23/11/2026`` in Viet Nam's time."""
    return "" if value is None else f"{value.astimezone(LOCAL):%H:%M %d/%m/%Y}"


def so(value: float | None, digits: int | None = None) -> str:
    """Return ``1.234,5`` in Vietnamese, ``1,234.5`` in English, with at most one decimal unless told."""
    if value is None:
        return "–"
    places = digits if digits is not None else (0 if float(value).is_integer() else 1)
    text = f"{value:,.{places}f}"
    return text if language() == "en" else text.translate(str.maketrans(",.", ".,"))


@pass_eval_context
def _in_template(context: EvalContext, text: str, **values: Any) -> str:
    """Do what Jinja's own function does, with one call instead of four: a page has some fifty texts."""
    said = _gettext(text)
    if context.autoescape:
        said = Markup(said)  # noqa: S704 - our own words; the values are escaped into them
    return said % values if "%" in said else said


def _gettext(text: str) -> str:
    translated: str = babel.domain_instance.get_translations().ugettext(text)
    return translated


def _ngettext(singular: str, plural: str, count: int) -> str:
    translated: str = babel.domain_instance.get_translations().ungettext(singular, plural, count)
    return translated


def _selected() -> str:
    if not has_request_context():
        return "vi"
    chosen = session.get("language") or getattr(g, "user_language", None)
    return str(chosen) if chosen in LANGUAGES else "vi"


def _local(value: date | datetime) -> date:
    return value.astimezone(LOCAL).date() if isinstance(value, datetime) else value
