"""Who: the focal point keeps the register, and nobody who answers for an agency that the answers are about."""

from feedback_app.accounts.actor import Actor, Function

RATED = (Function.OFFICER, Function.AGENCY_HEAD, Function.CLERK, Function.INSPECTOR)


def keeps_register(actor: Actor) -> bool:
    """Say whether ``actor`` may import finished procedures and see how a round goes.

    Whoever also works on tickets of an agency may not: a rated agency must not choose who is asked. Nobody at all may
    draw or send by hand on a page; the system does.
    """
    return actor.holds(Function.FOCAL_POINT) and not actor.holds(*RATED)
