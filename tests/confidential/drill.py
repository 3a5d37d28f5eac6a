"""Gives one command of ``feedback vault``, or the nightly job, in a process of its own that a test may kill.

Argon2 is cheap here and new offline secrets are known, so that the test can type the shares back.
"""

import functools
import hashlib
import os
import sys
from pathlib import Path

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


def give(folder: str, word: str, *arguments: str) -> None:
    """Give the command: what is typed stands in ``typed`` in the folder, what is said comes into ``said``."""
    os.setsid()  # without a terminal secrets are read from what is typed
    with Path(folder, "typed").open(encoding="utf-8") as typed, Path(folder, "said").open("w") as said:
        sys.stdin = typed
        for stream in (1, 2):
            os.dup2(said.fileno(), stream)
        application.create_core = functools.partial(application.create_core, argon_kib=CHEAP)
        jobs.create_core = application.create_core
        shares.new_secret = lambda: secret_of(word)
        shares.secrets.randbelow = lambda _limit: 1814
        if arguments == ("put-away",):
            jobs.put_away()
        else:
            main(["vault", *arguments])
