"""Whose approval an answer needs is data."""

import pytest
from pydantic import ValidationError

from feedback_app.catalogue.packs.approvals import ApprovalChain, ApprovalsPack

STEP = {
    "code": "send",
    "functions": ["agency_head"],
    "note": {"vi": "Thủ trưởng gửi", "en": "The head sends"},
}


def pack(*chains):
    return ApprovalsPack.model_validate({"version": "1", "chains": list(chains)})


def test_an_agency_has_its_own_chain_or_that_of_all_others():
    chains = pack({"code": "rest", "steps": [STEP]}, {"code": "tax", "agencies": ["thue"], "steps": [STEP]})
    assert chains.chain_for("thue").code == "tax"
    assert chains.chain_for("so-xd").code == "rest"


@pytest.mark.parametrize("agencies", [(["thue"],), ([], [])])
def test_exactly_one_chain_holds_for_the_rest(agencies):
    with pytest.raises(ValidationError, match="đúng một quy trình"):
        pack(*({"code": f"c{n}", "agencies": a, "steps": [STEP]} for n, a in enumerate(agencies)))


@pytest.mark.parametrize("steps", [[], [STEP, STEP]])
def test_a_chain_has_one_step_for_now(steps):
    with pytest.raises(ValidationError):
        ApprovalChain.model_validate({"code": "x", "steps": steps})
