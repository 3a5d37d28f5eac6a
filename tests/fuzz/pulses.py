"""A register that waits to be taken over, and an invitation of the quarter that runs."""

import secrets

from feedback_app.core import clock
from feedback_app.core.db import unit_of_work
from feedback_app.pulses.models import PulseRound, PulseToken
from feedback_app.pulses.register import Finished
from feedback_app.pulses.rules import quarter_of
from feedback_app.pulses.services import importing
from feedback_app.surveys.tokens import stored
from tests.fuzz.acting import OFFICE, Stage, Staged, actor, numbers
from tests.web.access_scene import Scene

# of the form that stands under the token's own address; the stage puts a token in that is worth something
ANSWER = {"token": ["x"], "extra_payment": ["none"], "leaders": ["usually"], "ngon_ngu": ["vi", "en"]}
NOBODY = {"registered": 0, "invited": 0, "refused": 0, "unreachable": 0, "rested": 0}


def register_batch(scene: Scene) -> Staged:
    by, number = actor(scene, OFFICE), next(numbers)
    told = {
        "enterprise": "",
        "procedure": "Cấp phép",
        "field": "tax",
        "finished_on": clock.today().isoformat(),
    }
    line = Finished(2, f"42{number:08}", **told, email="a@example.vn", phone="", size="", locale="vi")
    facts = {"sha256": f"pulse-{number}", "name": "a.csv", "by": by, "at": clock.now()}
    with unit_of_work() as writing:
        return OFFICE, {"batch_id": importing.keep(writing, [line], **facts).id}


def invitation(scene: Scene) -> Staged:
    token, quarter, today = secrets.token_hex(16), quarter_of(clock.today()), clock.today()
    pack_id = scene.loaded.version_ids["pulses"]
    with unit_of_work() as writing:
        writing.merge(PulseRound(quarter=quarter, seed="x", drawn_on=today, pack_id=pack_id, **NOBODY))
        writing.flush()
        writing.add(PulseToken(token_hash=stored(token), quarter=quarter, field="tax", size=""))
    ANSWER["token"] = [token, "x"]
    return "anonymous", {}


PULSES: dict[str, Stage] = {"pulse_register.take_over": register_batch, "pulses.answer": invitation}
