"""The proofs of the sealed reports: tests like others; ``make prove`` takes large numbers and prints a table."""

import os
from collections.abc import Callable, Iterator

import pytest

from feedback_app.confidential import store
from tests import postgres
from tests.confidential.world import World, initialise, make_vault

LARGE = bool(os.environ.get("FEEDBACK_PROVE"))
PROOFS = {
    1: "Nothing of a sealed report shows in the ordinary application",
    2: "Nothing readable in databases, Redis, logs, mail, temporary files, uploads",
    3: "With everything on the server but passphrase and receipt, no report opens",
    4: "Reports cannot be joined to what somebody did signed in",
    5: "Changed, swapped and replayed ciphertexts are refused; a kill loses nothing",
    6: "No hidden count of a published table has fewer than four possible values",
}


@pytest.fixture
def large() -> bool:
    """Whether numbers are those of ``make prove``."""
    return LARGE


@pytest.fixture
def shows(record_property) -> Callable[..., None]:
    """Return a function that puts a line into the printed table: the proof, what was tried, what came out."""

    def line(proof: int, what: str, figure: object, *, control: bool = False) -> None:
        record_property("proof", f"{proof}|{what}|{figure}|{'control' if control else ''}")

    return line


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request, tmp_path, tmp_path_factory) -> Iterator[World]:
    """Return a vault of its own with its body, within its context."""
    url = ""
    if request.param == "postgresql":
        admin = postgres.server(tmp_path_factory.getbasetemp().parent)
        url = postgres.create_database(
            admin, f"proof_{os.environ.get('PYTEST_XDIST_WORKER', 'w')}_{os.getpid()}"
        )
    app = make_vault(url, tmp_path / "vault")
    with app.app_context():
        yield initialise(app)
        store.db.session.remove()
        store.db.engine.dispose()


def pytest_terminal_summary(terminalreporter) -> None:
    if not LARGE:
        return
    lines = [
        (*value.split("|"), report.nodeid.rpartition("[")[2].rstrip("]") if "[" in report.nodeid else "")
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "call"
        for name, value in report.user_properties
        if name == "proof"
    ]
    for number, title in PROOFS.items():
        terminalreporter.write_line(f"\n{number}. {title}")
        for proof, what, figure, control, where in sorted(lines, key=lambda line: line[3]):
            if int(proof) == number:
                terminalreporter.write_line(f"   {what:<74} {figure:>16}  {control:<8} {where}")
