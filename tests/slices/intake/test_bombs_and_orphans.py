"""A PDF that unfolds without end is refused in time; files that nobody claims are swept away."""

import io
import os
import resource
import time
import zlib

import pytest

from feedback_app.core import clock, files
from feedback_app.core.errors import NotFound
from feedback_app.core.files import pdf, pdf_walk
from feedback_app.core.files.storage import new_key
from feedback_app.intake.services import drafts

OBJECTS = b"3 0 4 30 <</Type/Catalog/Pages 4 0 R>>  <</Type/Pages/Kids[]/Count 0>>"
DAY = 24 * 3600


def bomb(megabytes: int) -> bytes:
    """Return a small PDF whose one object stream unfolds to that size."""
    packer, blank = zlib.compressobj(9), b" " * 1024 * 1024
    packed = (
        packer.compress(OBJECTS) + b"".join(packer.compress(blank) for _ in range(megabytes)) + packer.flush()
    )
    head = b"%PDF-1.5\n"
    first = b"1 0 obj\n<</Type/ObjStm/N 2/First 9/Filter/FlateDecode/Length %d>>\nstream\n" % len(packed)
    body = head + first + packed + b"\nendstream\nendobj\n"
    places = ((0, 0, 0), (1, len(head), 0), (1, len(body), 0), (2, 1, 0), (2, 1, 1))
    table = zlib.compress(
        b"".join(bytes([kind]) + at.to_bytes(4, "big") + bytes([n]) for kind, at, n in places)
    )
    second = (
        b"2 0 obj\n<</Type/XRef/Size 5/W[1 4 1]/Root 3 0 R/Filter/FlateDecode/Length %d>>\nstream\n"
        % len(table)
    )
    return body + second + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(body)


def refusal_of(content: bytes, folder) -> str:
    with pytest.raises(files.Refused) as refusal:
        files.take_in(io.BytesIO(content), "a.pdf", folder)
    assert list(folder.iterdir()) == []
    return refusal.value.reason


def test_the_same_pdf_without_the_bomb_is_opened(app, tmp_path):
    assert "không có trang nào" in refusal_of(bomb(0), tmp_path)


def test_a_pdf_that_unfolds_to_gigabytes_is_refused_and_our_process_lives(app, tmp_path):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "không mở được" in refusal_of(bomb(1200), tmp_path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024  # KB


def test_a_pdf_whose_examiner_dies_or_never_ends_is_too_complex(app, tmp_path, monkeypatch):
    for body in ("import os; os.kill(os.getpid(), 9)", "import time; time.sleep(60)"):
        examiner = tmp_path / "examiner.py"
        examiner.write_text(body)
        monkeypatch.setattr(pdf_walk, "__file__", str(examiner))
        monkeypatch.setattr(pdf, "PATIENCE", 1)
        folder = tmp_path / "quarantine"
        folder.mkdir(exist_ok=True)
        assert "quá phức tạp" in refusal_of(bomb(0), folder)


def waiting(owner: str, age: int):
    folder = files.quarantine(owner)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / new_key()
    file.write_bytes(b"a")
    files.storage().put(file, file.name)
    then = time.time() - age
    os.utime(folder, (then, then))
    return folder, file.name


def test_files_of_a_draft_that_is_gone_are_swept_with_their_stored_copies(app, session):
    folder, key = waiting("nobody", DAY)
    drafts.purge(session, clock.now())
    assert not folder.exists()
    with pytest.raises(NotFound):
        files.open(key)


def test_an_upload_whose_draft_is_about_to_be_written_is_left_alone(app, session):
    folder, key = waiting("fresh", 60)
    drafts.purge(session, clock.now())
    assert (folder / key).exists()
    files.storage().delete(key)
