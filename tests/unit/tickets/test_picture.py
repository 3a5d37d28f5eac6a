"""The page about the life of a ticket tells what the rules say today."""

from pathlib import Path

from feedback_app.tickets import picture
from feedback_app.tickets.lifecycle import MOVES, RULES, Status

PAGE = Path(__file__).parents[3] / "docs" / "lifecycle.md"


def test_the_page_in_docs_is_the_one_the_rules_make():
    assert PAGE.read_text(encoding="utf-8") == picture.page(), (
        "run: feedback tickets lifecycle > docs/lifecycle.md"
    )


def test_the_picture_shows_every_move_and_every_act():
    drawn = picture.page()
    for source in Status:
        for target in MOVES[source]:
            assert f"    {source} --> {target}: " in drawn
    for act in RULES:
        assert f"| {act} | " in drawn
