"""Every page belongs to an audience, and a page that only reads opens no transaction for writing."""

import ast
from dataclasses import dataclass

import pytest

from feedback_app.app import create_app
from feedback_app.config import Settings
from feedback_app.web.gate import AUDIENCE_OF
from tests.house.tracked import modules, name

READING = {"GET", "HEAD", "OPTIONS"}
WEB = [path for path in modules() if name(path).startswith("feedback_app/web/")]


@dataclass(frozen=True)
class Page:
    rule: str
    endpoint: str
    methods: frozenset[str]

    @property
    def blueprint(self) -> str:
        return self.endpoint.rpartition(".")[0]


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> list[Page]:
    folder = tmp_path_factory.mktemp("routes")
    app = create_app(
        Settings(DATABASE_URL="sqlite://", data_dir=folder, secret_key="tests", debug_pages=True)
    )
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    return [Page(rule.rule, rule.endpoint, frozenset(rule.methods or ())) for rule in rules]


def test_every_page_belongs_to_a_blueprint_with_an_audience(pages):
    assert pages
    assert not [page.rule for page in pages if page.blueprint not in AUDIENCE_OF], "name it in web/gate.py"


def test_no_audience_is_kept_for_pages_that_are_gone(pages):
    assert set(AUDIENCE_OF) - {None} <= {page.blueprint for page in pages}


def test_addresses_differ(pages):
    seen = [(page.rule, method) for page in pages for method in page.methods - {"HEAD", "OPTIONS"}]
    assert len(seen) == len(set(seen))


def views():
    """Yield (file:name, methods, names called) of every function that is decorated as a route."""
    for path in WEB:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and (methods := methods_of(node)):
                called = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
                yield f"{name(path)}:{node.name}", methods, called


def methods_of(function: ast.FunctionDef) -> set[str]:
    found: set[str] = set()
    for decorator in function.decorator_list:
        if not (isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Attribute)):
            continue
        verb = decorator.func.attr
        if verb in {"get", "post", "put", "delete", "patch"}:
            found.add(verb.upper())
        elif verb == "route":
            listed = [k.value for k in decorator.keywords if k.arg == "methods"]
            found |= set(ast.literal_eval(listed[0])) if listed else {"GET"}
    return found


def test_a_page_that_only_reads_opens_no_unit_of_work():
    assert list(views())
    assert not [what for what, methods, called in views() if methods <= READING and "unit_of_work" in called]
