"""Templates and style sheets: short, no inline code, nothing from elsewhere, readable colours."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SHEETS = sorted((ROOT / "static" / "css").glob("*.css"))
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
TOKENS = (ROOT / "static" / "css" / "tokens.css").read_text(encoding="utf-8")

MOST_LINES = 150
MOST_BYTES_OF_CSS = 38_000
READABLE = 4.5
VISIBLE_EDGE = 3.0

INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)"),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
}
FOREIGN = re.compile(r"""(?:src|srcset|<link[^>]*href)\s*=\s*["'](?:https?:)?//""")


def name(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_fits_on_a_few_screens(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines < MOST_LINES, f"{name(path)} has {lines} lines: move a part into a component or an include"


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_keeps_the_content_security_policy(path):
    text = path.read_text(encoding="utf-8")
    found = [what for what, pattern in INLINE.items() if pattern.search(text)]
    assert not found, f"{name(path)} has {', '.join(found)}: use a class, or a file in static/js"


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_asks_no_other_machine_for_anything(path):
    assert not FOREIGN.search(path.read_text(encoding="utf-8")), "vendor it under static/vendor"


@pytest.mark.parametrize("path", SHEETS + SCRIPTS, ids=name)
def test_a_static_file_asks_no_other_machine_for_anything(path):
    text = path.read_text(encoding="utf-8")
    assert "//" not in re.sub(r"(?m)^\s*//.*$", "", text).replace("http://www.w3.org", ""), name(path)
    assert "@import" not in text
    assert "!important" not in text


def test_every_template_can_be_read_by_jinja():
    environment = Environment(
        loader=FileSystemLoader(ROOT / "templates"), autoescape=True, extensions=["jinja2.ext.i18n"]
    )
    for path in TEMPLATES:
        environment.parse(path.read_text(encoding="utf-8"), filename=name(path))


def sheets_of(layout):
    text = (ROOT / "templates" / "layouts" / layout).read_text(encoding="utf-8")
    lists = re.findall(r"\[((?:'[a-z]+',? ?)+)\]", text)
    return [sheet for found in lists for sheet in re.findall(r"'([a-z]+)'", found)]


@pytest.mark.parametrize("layout", ["portal.html", "filing.html", "staff.html"])
def test_a_page_stays_light_on_a_cheap_phone(layout):
    sheets = [*sheets_of("base.html"), *sheets_of(layout)]
    size = sum((ROOT / "static" / "css" / f"{sheet}.css").stat().st_size for sheet in sheets)
    assert size < MOST_BYTES_OF_CSS, f"{layout} loads {size} bytes of CSS ({', '.join(sheets)})"


def test_every_style_sheet_is_loaded_somewhere():
    pages = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    unused = [
        sheet.stem for sheet in SHEETS if f"'{sheet.stem}'" not in pages and f"{sheet.name}'" not in pages
    ]
    assert not unused


def colours():
    return dict(re.findall(r"--([a-z-]+): (#[0-9A-F]{6});", TOKENS))


def promised():
    """Yield (colour, ground, promised ratio, is only an edge) from the comments of tokens.css."""
    for colour, comment in re.findall(r"--([a-z-]+): #[0-9A-F]{6};\s*/\* (.*?) \*/", TOKENS):
        for edge, ground, ratio in re.findall(r"(edge )?on --([a-z-]+) ([\d.]+)", comment):
            yield pytest.param(colour, ground, float(ratio), bool(edge), id=f"{colour} on {ground}")


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Return the contrast ratio of WCAG 2.2, 1 to 21."""
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour,ground,ratio,edge", list(promised()))
def test_the_colour_can_be_read_on_its_ground(colour, ground, ratio, edge):
    computed = contrast(colours()[colour], colours()[ground])
    assert computed >= (VISIBLE_EDGE if edge else READABLE)
    assert abs(computed - ratio) <= 0.05, f"tokens.css says {ratio}, computed {computed:.2f}"


def test_colours_have_names():
    told = [
        sheet.name for sheet in SHEETS if re.search(r"#[0-9a-fA-F]{3,8}\b", sheet.read_text(encoding="utf-8"))
    ]
    assert told == ["tokens.css"], "write the colour into tokens.css and use its name"


def test_every_colour_of_words_says_on_what_it_stands():
    grounds = {"paper", "ground", "line", "line-soft"}
    told = {case.values[0] for case in promised()}
    untold = [c for c in colours() if c not in grounds | told and not c.endswith("-ground")]
    assert not untold, 'write "on --ground ratio" beside the colour in tokens.css'
