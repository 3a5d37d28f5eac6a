"""The supervisor is watched from outside, as a process of its own, with simple programs as children."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

pytestmark = pytest.mark.faults

SLEEPER = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(600)"
DYING = "import sys, time; open(sys.argv[1], 'a').write(f'{time.monotonic()}\\n'); sys.exit(3)"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);" + SLEEPER
PARENT = (  # has a child of its own, which does not end by itself
    "import os, subprocess, sys, time;"
    f"subprocess.Popen([sys.executable, '-c', {STUBBORN!r}, sys.argv[1]]); time.sleep(600)"
)
SUPERVISE = """
import sys
from pathlib import Path
from feedback_app.runtime.supervisor import Program, Supervisor
folder = Path(sys.argv[1])
supervisor = Supervisor(folder, lambda line: print(line, flush=True), grace=1.0)
with supervisor.stopping_on_signals():
    for number, code in enumerate(sys.argv[2:]):
        command = [sys.executable, "-c", code, str(folder / f"pids{number}")]
        supervisor.start(Program(f"child{number}", command))
    print("started", flush=True)
    supervisor.watch()
print("ended", flush=True)
"""


class Supervised:
    """A running supervisor and the process ids that its children wrote down."""

    def __init__(self, folder: Path, *programs: str) -> None:
        self.folder = folder
        self.count = len(programs)
        self.process = subprocess.Popen(
            [sys.executable, "-c", SUPERVISE, folder, *programs], stdout=subprocess.PIPE, text=True
        )

    def pids(self, number: int, at_least: int = 1) -> list[int]:
        path = self.folder / f"pids{number}"
        eventually(lambda: path.exists() and len(path.read_text().split()) >= at_least)
        return [int(pid) for pid in path.read_text().split()]

    def all_pids(self) -> list[int]:
        return [pid for number in range(self.count) for pid in self.pids(number)]

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        for path in self.folder.glob("pids*"):
            for pid in path.read_text().split():
                if alive(int(pid)):
                    os.kill(int(pid), signal.SIGKILL)


@pytest.fixture
def supervise(tmp_path):
    running = []

    def start(*programs: str) -> Supervised:
        running.append(Supervised(tmp_path, *programs))
        return running[-1]

    yield start
    for one in running:
        one.close()


def alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def eventually(condition, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.02)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_stop_ends_every_child(supervise, number):
    supervised = supervise(SLEEPER, SLEEPER)
    pids = supervised.all_pids()

    supervised.process.send_signal(number)

    assert supervised.process.wait(10) == 0
    assert not any(alive(pid) for pid in pids)


def test_a_child_that_will_not_end_is_killed_after_the_grace_period(supervise):
    supervised = supervise(STUBBORN)
    pids = supervised.all_pids()

    supervised.process.send_signal(signal.SIGTERM)

    assert supervised.process.wait(10) == 0
    assert not any(alive(pid) for pid in pids)


def test_what_a_child_started_itself_ends_with_it(supervise):
    supervised = supervise(PARENT)
    pids = supervised.all_pids()

    supervised.process.send_signal(signal.SIGTERM)

    assert supervised.process.wait(10) == 0
    eventually(lambda: not any(alive(pid) for pid in pids))


def test_a_killed_child_is_started_again_and_that_is_said(supervise):
    supervised = supervise(SLEEPER)
    first = supervised.pids(0)[0]

    os.kill(first, signal.SIGKILL)

    second = supervised.pids(0, at_least=2)[1]
    assert second != first
    assert alive(second)
    lines = [supervised.process.stdout.readline() for _ in range(2)]
    assert "child0 ended (signal 9), restarting" in lines[1]


def test_a_child_that_keeps_dying_is_given_longer_pauses(supervise):
    supervised = supervise(
        "import sys, time; open(sys.argv[1], 'a').write(f'{time.monotonic()}\\n'); sys.exit(3)"
    )

    path = supervised.folder / "pids0"
    eventually(lambda: path.exists() and len(path.read_text().split()) >= 3, seconds=15)
    times = [float(moment) for moment in path.read_text().split()]
    path.unlink()

    assert times[2] - times[1] > times[1] - times[0] > 0.5


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent was killed")
def test_killing_the_supervisor_itself_leaves_no_orphan(supervise):
    supervised = supervise(SLEEPER, SLEEPER)
    pids = supervised.all_pids()

    supervised.process.kill()

    eventually(lambda: not any(alive(pid) for pid in pids))
