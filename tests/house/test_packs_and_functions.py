"""What the packs call a function is a function."""

from feedback_app.accounts.actor import AUDIENCES, Function
from feedback_app.catalogue import packs


def test_each_function_of_an_approval_step_exists():
    pack = packs.shipped().approvals
    named = {f for chain in (*pack.chains, *pack.samples) for step in chain.steps for f in step.functions}
    assert named
    assert named <= set(Function)


def test_each_function_opens_the_pages_of_some_audience():
    assert set(AUDIENCES) == set(Function)
    assert all(AUDIENCES.values())
