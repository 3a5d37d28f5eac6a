"""Gives one command of ``feedback vault``, or the nightly job, in a process of its own that a test may kill.

Argon2 is cheap here and new offline secrets are known, so that the test can type the shares back.
"""

import functools
import hashlib
import sys

from feedback_app.cli import main
from feedback_app.confidential import application, jobs
from feedback_app.confidential.sealing import shares

CHEAP = 8 * 1024


def secret_of(word: str) -> bytes:
    return hashlib.sha256(word.encode()).digest()


def shares_of(word: str) -> tuple[str, str, str]:
    """Return the shares as the drill's process prints them."""
    before, shares.secrets.randbelow = shares.secrets.randbelow, lambda _limit: 1814
    try:
        return shares.split(secret_of(word))
    finally:
        shares.secrets.randbelow = before


if __name__ == "__main__":
    word, *arguments = sys.argv[1:]
    application.create_core = functools.partial(application.create_core, argon_kib=CHEAP)
    jobs.create_core = application.create_core
    shares.new_secret = lambda: secret_of(word)
    shares.secrets.randbelow = lambda _limit: 1814
    if arguments == ["put-away"]:
        jobs.put_away()
    else:
        main(["vault", *arguments])
