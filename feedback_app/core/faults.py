"""Named points at which a test may kill the process, to prove that nothing is lost or doubled."""

import os
import signal
from pathlib import Path


def point(name: str) -> None:
    """Kill this process here, once, if the environment asks for the point ``name``.

    ``FEEDBACK_FAULT_POINT`` names the point, ``FEEDBACK_FAULT_FLAG`` a file that exists until then.
    """
    if os.environ.get("FEEDBACK_FAULT_POINT") != name:
        return
    flag = Path(os.environ["FEEDBACK_FAULT_FLAG"])
    try:
        flag.unlink()
    except FileNotFoundError:
        return
    os.kill(os.getpid(), signal.SIGKILL)
