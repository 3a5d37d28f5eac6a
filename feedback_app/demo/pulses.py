"""A register of finished procedures, and the results of the quarter before, as an invited pulse would give them."""

import secrets
from collections import Counter
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from feedback_app.accounts.actor import Actor
from feedback_app.catalogue.packs.pulses import UNSAID, PulsesPack
from feedback_app.catalogue.store import Loaded
from feedback_app.core import clock
from feedback_app.core.inserting import insert_rows
from feedback_app.pulses.models import PulseBatch, PulseCompletion, PulseRound
from feedback_app.pulses.results import Cells, Round, published
from feedback_app.pulses.rules import quarter_of, span
from feedback_app.pulses.sampling import Stratum
from feedback_app.surveys import outside
from feedback_app.surveys.releases import PULSE

FIELDS = ("construction", "land", "tax", "business_registration", "fire_safety")
PROCEDURES = ("Cấp giấy phép xây dựng", "Đăng ký biến động đất đai", "Hoàn thuế giá trị gia tăng",
              "Đăng ký thay đổi nội dung", "Thẩm duyệt phòng cháy")  # fmt: skip
SIZES = ("micro", "small", "medium", "")
REGISTERED, INVITED = 220, 22  # of each cell in the quarter before
ENTERPRISES = 80
WEIGHTS = (14, 3, 2, 1, 1)  # how often options are chosen in their order; "no answer" as the last


def fill(session: Session, loaded: Loaded, by: Actor, *, at: datetime, seed: int) -> None:
    """Write a register that can be drawn from, and a closed quarter."""
    today, chance = clock.local_date(at), Random(seed)
    batch = PulseBatch(
        sha256=secrets.token_hex(32), name="thu-tuc-da-xong-mau.xlsx", rows=[], added=ENTERPRISES, known=0,
        by_id=by.user_id, at=at, done_at=at,
    )  # fmt: skip
    session.add(batch)
    session.flush()
    insert_rows(
        session, PulseCompletion, [_completion(i, batch.id, today, chance) for i in range(ENTERPRISES)]
    )
    _closed_quarter(session, loaded, span(quarter_of(today))[0] - timedelta(days=1), chance, at)


def _completion(i: int, batch_id: int, today: date, chance: Random) -> dict[str, object]:
    kind = i % len(FIELDS)
    return {
        "batch_id": batch_id,
        "tax_code": f"42{i:08}",
        "enterprise": f"Doanh nghiệp mẫu {i + 1}",
        "procedure": PROCEDURES[kind],
        "field": FIELDS[kind],
        "finished_on": today - timedelta(days=chance.randrange(1, 80)),
        "email": f"doanhnghiep{i + 1}@example.vn",
        "phone": "",
        "size": chance.choice(SIZES),
        "locale": "vi",
    }


def _closed_quarter(session: Session, loaded: Loaded, last: date, chance: Random, at: datetime) -> None:
    pack, quarter = loaded.catalogue.pulses, quarter_of(last)
    told, cells = _answers(pack, chance)
    content = published(pack, told, cells) | {"left_out": {"refused": 3, "unreachable": 11, "rested": 6}}
    outside.put(session, period=quarter, source=PULSE, name=PULSE, content=content, at=at)
    session.add(
        PulseRound(
            quarter=quarter, seed=secrets.token_hex(16), drawn_on=last - timedelta(days=25),
            pack_id=loaded.version_ids["pulses"], registered=content["register"], invited=content["invited"],
            refused=3, unreachable=11, rested=6, closed_on=last + timedelta(days=1),
        )
    )  # fmt: skip


def _answers(pack: PulsesPack, chance: Random) -> tuple[Round, Cells]:
    places: list[Stratum] = [(field, size) for field in FIELDS for size in SIZES]
    cells = {
        place: _of_cell(pack, chance, sum(chance.random() < 0.55 for _ in range(INVITED))) for place in places
    }
    return Round(dict.fromkeys(places, REGISTERED), dict.fromkeys(places, INVITED)), cells


def _of_cell(pack: PulsesPack, chance: Random, who: int) -> dict[str, dict[str, int]]:
    found = {}
    for question in pack.questions:
        options = [*(option.code for option in question.options), UNSAID]
        weights = [*WEIGHTS[: len(options) - 1], 1] if question.shares else [1] * (len(options) - 1) + [9]
        found[question.code] = dict.fromkeys(options, 0) | Counter(chance.choices(options, weights, k=who))
    return found
