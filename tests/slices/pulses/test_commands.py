"""The same deeds from the command line, each with its reason when it cannot be done."""

import pytest
import time_machine

from feedback_app.core.db import unit_of_work
from feedback_app.pulses.commands import commands
from feedback_app.pulses.models import PulseUnit
from tests.slices.pulses.conftest import NEXT_YEAR, messages

pytestmark = pytest.mark.parametrize("shared_app", ["sqlite"], indirect=True, scope="session")


def run(app, *arguments):
    done = app.test_cli_runner().invoke(commands, arguments)
    return done.exit_code, done.output


def test_a_quarter_is_drawn_checked_and_closed(app, session, register):
    code, said = run(app, "draw")
    assert (code, said.startswith("2026-Q4: mời 90 trên 90")) == (0, True)
    assert "không chọn lại" in run(app, "draw")[1]
    assert len(messages()) == 90
    code, said = run(app, "verify", "2026-Q4")
    assert (code, "đúng như chọn lại" in said) == (0, True)
    assert run(app, "close", "2026-Q4")[0] == 1, "it still takes answers"
    with time_machine.travel(NEXT_YEAR):
        assert "Đã khép quý 2026-Q4" in run(app, "close", "2026-Q4")[1]
        assert run(app, "close", "2026-Q4")[0] == 1


def test_a_sample_that_somebody_changed_is_noticed(app, session, register, monkeypatch):
    run(app, "draw")
    with unit_of_work() as writing:
        writing.get_one(PulseUnit, ("2026-Q4", "4200000001")).invited = False
    code, said = run(app, "verify", "2026-Q4")
    assert (code, "KHÁC" in said) == (1, True)


def test_what_was_not_drawn_is_neither_checked_nor_closed(app, session):
    for command in ("verify", "close"):
        code, said = run(app, command, "2026-Q4")
        assert (code, "chưa chọn mẫu" in said) == (1, True)
    code, said = run(app, "draw")
    assert (code, "quá ít doanh nghiệp" in said) == (1, True)
