"""``python -m bench.peer.seed COUNT``: schema, one officer, ten queues, and COUNT tickets with one follow-up each."""

import os
import sys
from datetime import timedelta
from random import Random

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.peer.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402
from helpdesk.models import FollowUp, Queue, Ticket  # noqa: E402

from bench.peer.texts import BODY, EMAIL, PASSWORD, QUEUES, TITLE  # noqa: E402

BATCH, OPEN_SHARE = 5000, 0.05


def main(count: int) -> None:
    call_command("migrate", verbosity=0)
    User.objects.create_superuser("canbo", EMAIL, PASSWORD)
    queues = [
        Queue.objects.create(title=f"Co quan {n}", slug=f"q{n}", allow_public_submission=True)
        for n in range(QUEUES)
    ]
    random, now = Random(1814), timezone.now()
    for first in range(0, count, BATCH):
        _batch(range(first, min(first + BATCH, count)), queues, random, now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _batch(numbers, queues, random, now) -> None:  # noqa: ANN001 - Django's types are not installed here
    tickets = Ticket.objects.bulk_create(
        [
            Ticket(
                title=f"{TITLE} (viec thu {number})",
                description=BODY,
                queue=random.choice(queues),
                created=now - timedelta(days=random.randrange(700)),
                status=Ticket.OPEN_STATUS if random.random() < OPEN_SHARE else Ticket.CLOSED_STATUS,
                submitter_email="a@example.vn",
                due_date=now + timedelta(days=random.randrange(20)),
                secret_key="bench",
            )
            for number in numbers
        ]
    )
    FollowUp.objects.bulk_create(
        [FollowUp(ticket=t, title="Ticket Opened", comment=BODY, public=True) for t in tickets]
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
