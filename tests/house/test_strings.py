"""Whatever people read is Vietnamese in the code and has its English, complete and reviewed."""

import ast
import re
from functools import cache
from pathlib import Path

import polib
import pytest
from babel.messages.extract import extract_from_file

from tests.house.tracked import ROOT, modules, name, tracked

CATALOGUE = ROOT / "feedback_app" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "_n": (1, 2)}
VIETNAMESE = re.compile(
    "[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE
)
TEMPLATES = [p for p in tracked() if name(p).startswith("templates/") and p.suffix in {".html", ".txt"}]
PAGES = [p for p in TEMPLATES if p.suffix == ".html" and "styleguide" not in p.parts]
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")

# names of languages, units and the like that are the same in every language; each with its reason
SAME_EVERYWHERE = {
    "Tiếng Việt",  # a language is offered in its own words
    "Quý doanh nghiệp",  # official answers are Vietnamese
    "cơ quan",  # what a pack's lookup expected: for the log
}
# Python whose Vietnamese is no page: the command line speaks Vietnamese only, rules carry both languages in data
UNTRANSLATED = (
    "feedback_app/catalogue/",  # packs carry vi and en
    "feedback_app/cli.py",
    "feedback_app/confidential/commands.py",
    "feedback_app/confidential/commands_release.py",
    "feedback_app/confidential/redaction.py",  # shapes of names
    "feedback_app/core/commands.py",
    "feedback_app/core/text.py",  # the table of letters with strokes
    "feedback_app/deadlines/",  # LocalText(vi, en)
    "feedback_app/demo/",  # sample data
    "feedback_app/library/patterns.py",  # shapes of names and places
    "feedback_app/library/redaction.py",  # what stands in a text for what was taken out: answers are Vietnamese
    "feedback_app/library/rules.py",  # the shape of a document's number
    "feedback_app/opendata/files.py",  # both languages in one line
    "feedback_app/opendata/packing.py",  # files of one language for everybody; the dictionary explains in two
    "feedback_app/inspections/importing/columns.py",  # headings and words of tables, likewise
    "feedback_app/intake/importing/columns.py",  # headings of tables, the same in every language
    "feedback_app/sorting/rules.py",  # the source of a rule, as packs have it
    "feedback_app/indicators/definitions.py",  # pure: pages say it in their own words
    "feedback_app/closing/freezing.py",  # the command line; pages say it in their own words
    "feedback_app/closing/verifying.py",  # the command line
    "feedback_app/indicators/printing.py",  # the command line
    "feedback_app/statistics/periods.py",  # pure, likewise
    "feedback_app/papers/",  # official papers are Vietnamese
    "feedback_app/reports/",  # likewise; what pages say of reports is in labels and messages
    "feedback_app/reorganisation/places.py",
    "feedback_app/reorganisation/telling.py",
    "feedback_app/routing/",  # LocalText(vi, en)
    "feedback_app/runtime/",  # the command line
    "feedback_app/web/styleguide.py",  # samples
    "feedback_app/core/i18n.py",  # the days of the week, in both languages
    "feedback_app/tickets/services/backlog.py",  # the prefix of the numbers
    "feedback_app/web/officer/letters.py",  # official papers, likewise
    "feedback_app/pulses/columns.py",  # headings of tables, likewise
    "feedback_app/web/sealed/letterbox/columns.py",  # headings of tables, the same in every language
)


@cache
def messages() -> dict[str | tuple[str, str], str]:
    """Return every message of code and templates with one place where it stands."""
    options = {"extensions": "jinja2.ext.i18n", "trimmed": "true", "silent": "false"}
    found: dict[str | tuple[str, str], str] = {}
    for path in [*modules("feedback_app"), *TEMPLATES]:
        if "styleguide" in str(path):
            continue
        method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
        extracted = extract_from_file(method, path, keywords=KEYWORDS, options=options)
        found |= {message: f"{name(path)}:{line}" for line, message, *_ in extracted if message}
    return found


@cache
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()


def english() -> dict[str, polib.POEntry]:
    return {entry.msgid: entry for entry in catalogue() if not entry.obsolete}


def first(message: str | tuple[str, str]) -> str:
    return message if isinstance(message, str) else message[0]


def test_every_message_has_its_english():
    known = english()
    missing = [f"{where} {first(m)!r}" for m, where in messages().items() if first(m) not in known]
    assert messages()
    assert not missing, f"{len(missing)} messages are not in {name(CATALOGUE)}"


def test_no_english_is_empty_or_a_guess():
    entries = english().values()
    assert not [
        e.msgid for e in entries if e.fuzzy or not (e.msgstr or all(e.msgstr_plural.values() or [""]))
    ]


def test_english_keeps_the_placeholders():
    assert not [
        entry.msgid
        for entry in english().values()
        for text in [entry.msgstr, *entry.msgstr_plural.values()]
        if text
        and not set(PLACEHOLDER.findall(text))
        <= set(PLACEHOLDER.findall(entry.msgid + (entry.msgid_plural or "")))
    ]


def test_english_holds_no_vietnamese():
    # a name that stays Vietnamese stands in quotes or is proper: only whole untranslated sentences are meant
    assert not [e.msgid for e in english().values() if e.msgstr == e.msgid and VIETNAMESE.search(e.msgid)]


def test_no_english_is_kept_for_messages_that_are_gone():
    assert not set(english()) - {first(message) for message in messages()}


def outside_of_calls(text: str) -> str:
    """Return what a template says itself: without comments, expressions, statements and tags' addresses."""
    text = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{%-?\s*trans\b.*?endtrans\s*-?%\}", "", text, flags=re.DOTALL)
    return re.sub(r"""\b_n?\(\s*("[^"]*"|'[^']*')""", "", text)


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_template_says_nothing_that_cannot_be_translated(path):
    lines = outside_of_calls(path.read_text(encoding="utf-8")).splitlines()
    found = [line.strip() for line in lines if VIETNAMESE.search(re.sub("|".join(SAME_EVERYWHERE), "", line))]
    assert not found, "put it into _('…')"


def untranslated(path: Path) -> list[str]:
    """Return the Vietnamese literals of a module that no gettext call wraps and no docstring holds."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    wrapped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in KEYWORDS:
            wrapped |= {id(n) for argument in node.args for n in ast.walk(argument)}
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            wrapped.add(id(node.value))
    return [
        f"{node.lineno}: {node.value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in wrapped
        and VIETNAMESE.search(node.value)
        and node.value not in SAME_EVERYWHERE
    ]


@pytest.mark.parametrize(
    "path",
    [p for p in modules("feedback_app") if not name(p).startswith(UNTRANSLATED) and p.name != "commands.py"],
    ids=name,
)
def test_code_says_nothing_that_cannot_be_translated(path):
    assert not untranslated(path), "wrap it in gettext"
