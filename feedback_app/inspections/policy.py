"""Who: Thanh tra tỉnh keeps the calendar, the coordinating offices read what is announced in it."""

from feedback_app.accounts.actor import Actor, Function

KEEPERS = (Function.INSPECTOR,)
READERS = (*KEEPERS, Function.FOCAL_POINT, Function.PROVINCIAL_OFFICE)


def reads(actor: Actor) -> bool:
    """Say whether ``actor`` may open the calendar at all."""
    return actor.holds(*READERS)


def keeps(actor: Actor) -> bool:
    """Say whether ``actor`` may write in the calendar, and see visits that nobody announced yet."""
    return actor.holds(*KEEPERS)
