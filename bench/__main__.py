"""``python -m bench``: every figure of issue 2, bounded in time, nothing left running."""

import argparse
import tempfile
from pathlib import Path

from bench import desk, filing, helpdesk, latency, queue, report, reports, statistics, sweep, vault
from bench.servers import Stage, ending_on_signals

MEASURES = {
    "filing": filing.measure,
    "latency": latency.measure,
    "queue": queue.measure,
    "helpdesk": helpdesk.measure,
    "sweep": sweep.measure,
    "desk": desk.measure,
    "vault": vault.measure,
    "statistics": statistics.measure,
    "reports": reports.measure,
}


def main() -> None:
    arguments = _arguments()
    print(f"Measured {report.machine()}.\n", flush=True)
    with ending_on_signals(), tempfile.TemporaryDirectory(prefix="feedback-bench-") as folder:
        for name in arguments.measures or MEASURES:
            place = Path(folder) / name
            place.mkdir()
            with Stage(place) as stage:
                print(f"## {name}\n\n{MEASURES[name](stage, quick=arguments.quick)}\n", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "measures", nargs="*", choices=[[], *MEASURES], help="which figures; all if none is named"
    )
    parser.add_argument("--quick", action="store_true", help="a short run: does it work, not how fast it is")
    return parser.parse_args()


if __name__ == "__main__":
    main()
