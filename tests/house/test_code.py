"""Modules stay short; one place commits, one place reads the clock, nothing names this or that machine."""

import ast
import re

import pytest

from tests.house.tracked import modules, name, tracked

MOST_LINES = 300
COMMITS = "feedback_app/core/db.py"
CLOCK = "feedback_app/core/clock.py"

# hosts of package registries, written so that this file does not name them
REGISTRIES = re.compile(
    r"\b(?:py[p]i[.]org|python[h]osted[.]org|registry[.]npm[j]s|npm[j]s[.]org|unp[k]g[.]com|jsdel[i]vr[.]net"
    r"|proxy[.]gol[a]ng|cr[a]tes[.]io|art[i]factory)"
)
MACHINE = re.compile(r"(?<![\w.>])/(?:work|root|workspace|Users|home/\w+)/")
OUTSIDE = re.compile(r"[.][.]/shared\b")


def calls(path):
    """Yield (line, dotted name) of everything that is called in the module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.lineno, ast.unparse(node.func)


@pytest.mark.parametrize("path", modules("feedback_app", "worker.py", "tests", "bench"), ids=name)
def test_a_module_can_be_read_in_one_sitting(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines < MOST_LINES, f"{name(path)} has {lines} lines: make it a package, split by verb"


def test_nobody_commits_but_the_unit_of_work():
    found = [
        f"{name(path)}:{line} {call}"
        for path in modules()
        if name(path) != COMMITS
        for line, call in calls(path)
        if re.search(r"\b(?:session|writing|db)(?:\(\))?[.]commit$", call)
    ]
    assert not found, "open core.db.unit_of_work() at the edge instead"


def test_nobody_asks_for_the_time_but_the_clock():
    wrong = re.compile(r"\b(?:datetime[.](?:now|utcnow|today)|date[.]today)$")
    found = [
        f"{name(path)}:{line} {call}"
        for path in modules()
        if name(path) != CLOCK
        for line, call in calls(path)
        if wrong.search(call)
    ]
    assert not found, "ask core.clock: days are counted by the date in Viet Nam"


def test_no_file_names_a_package_registry():
    assert not [name(path) for path in tracked() if REGISTRIES.search(path.read_text(encoding="utf-8"))]


def test_no_file_knows_the_machine_it_was_written_on():
    assert not [name(path) for path in tracked() if MACHINE.search(path.read_text(encoding="utf-8"))]


def test_a_clone_stands_alone():
    assert not [name(path) for path in tracked() if OUTSIDE.search(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(
    "pattern,text",
    [
        (REGISTRIES, ".".join(("py" + "pi", "org"))),
        (MACHINE, 'open("/' + 'work/main/x")'),
        (OUTSIDE, ".." + "/shared/design"),
    ],
)
def test_the_lint_would_notice(pattern, text):
    assert pattern.search(text)
