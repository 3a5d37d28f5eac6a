"""The list of a report: its cases as the snapshot has them, with the words that a reader may read, spooled once."""

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from itertools import islice
from typing import IO, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback_app.closing import freezing, texts
from feedback_app.closing import package as packing
from feedback_app.reports import wording
from feedback_app.reports.listing import WORDS, Flow, Line, Listed, listed
from feedback_app.reports.wording import Words
from feedback_app.statistics import queries
from feedback_app.statistics.facts import CaseFact
from feedback_app.statistics.legs import LegFact
from feedback_app.statistics.periods import Period
from feedback_app.tickets.models import Ticket

BATCH = 2_000
HEADS = (
    "STT", "Số phiếu", "Doanh nghiệp", "Nội dung", "Cơ quan chủ trì", "Văn bản trả lời", "Kết quả", "Nguồn",
)  # fmt: skip
WIDTHS = (5, 12, 19, 28, 16, 13, 13, 9)
CARRIED, ARISEN = "kỳ trước chuyển sang", "phát sinh trong kỳ"
NO_WORDS_KEPT = (
    "Kỳ này chốt số liệu trước khi hệ thống lưu nội dung danh sách: tiêu đề và số văn bản ghi theo ngày lập "
    "báo cáo."
)
NONE = "Trong kỳ không có phiếu nào phải giải quyết."
T = TypeVar("T")
Row = tuple[str, ...]


def _spool() -> IO[str]:
    return tempfile.TemporaryFile("w+", encoding="utf-8")


@dataclass
class Annex:
    """The lines of the list, to be read as often as needed, and how they add up; ``sha256`` is over the lines."""

    note: str = ""
    flow: Flow = field(default_factory=Flow)
    sha256: str = ""
    _lines: IO[str] = field(default_factory=_spool)

    def __len__(self) -> int:
        return self.flow.total

    def __iter__(self) -> Iterator[Row]:
        self._lines.seek(0)
        return (tuple(json.loads(line)) for line in self._lines)

    def close(self) -> None:
        self._lines.close()

    def write(self, cases: Iterable[tuple[Listed, Words]], name_of: Callable[[str], str]) -> None:
        """Take the lines in, once."""
        sum_ = sha256()
        for case, words in cases:
            self.flow.add(case)
            line = json.dumps(_row(self.flow.total, case, words, name_of), ensure_ascii=False) + "\n"
            sum_.update(line.encode())
            self._lines.write(line)
        self.sha256 = sum_.hexdigest()


def annex(session: Session, period: Period, agency: str, day: date, name_of: Callable[[str], str]) -> Annex:
    """Return the list of ``period`` (of one agency, if given): as frozen, else as it stands at the end of ``day``."""
    frozen = freezing.frozen(session, period)
    lines = _live(session, period, day) if frozen is None else _frozen(session, period)
    kept = None if frozen is None else texts.frozen_texts(session, period)
    found = Annex(NO_WORDS_KEPT if frozen is not None and kept is None else "")
    cases = (listed(line, period, day) for line in lines)
    own = (case for case in cases if case is not None and agency in {"", case.agency})
    found.write(_with_words(session, own, wording.kept(kept) if kept is not None else None), cache(name_of))
    return found


def _with_words(
    session: Session, cases: Iterable[Listed], then: wording.Then | None
) -> Iterator[tuple[Listed, Words]]:
    for batch in batches(cases, BATCH):
        known = wording.of(session, batch, then)
        yield from ((case, known[case.code, case.round]) for case in batch)


def _frozen(session: Session, period: Period) -> Iterator[Line]:
    package = zipfile.ZipFile(io.BytesIO(freezing.package(session, period)))
    with package, package.open(f"{packing.folder_of(period)}/cases.csv") as content:
        yield from csv.DictReader(io.TextIOWrapper(content, "utf-8", newline=""))


def _live(session: Session, period: Period, day: date) -> Iterator[Line]:
    """Yield the lines that the package would hold if the period were frozen now; sensitive reports are left out."""
    found = queries.cases_with_legs(session, queries.touching(period, day))
    ordinary = ((fact, legs) for fact, legs in found if not fact.sensitive)
    for batch in batches(ordinary, BATCH):
        yield from csv.DictReader(
            io.StringIO(packing.table(packing.CASE, _lines(session, batch, day)).decode())
        )


def _lines(
    session: Session, batch: list[tuple[CaseFact, list[LegFact]]], day: date
) -> Iterator[tuple[object, ...]]:
    ids = [fact.ticket_id for fact, _legs in batch]
    rows = session.execute(select(Ticket.id, Ticket.code).where(Ticket.id.in_(ids)))
    codes = {id_: code for id_, code in rows}  # noqa: C416 - rows are tuples to readers, not to mypy
    return (packing.case_line(fact, legs, codes[fact.ticket_id], day) for fact, legs in batch)


def batches(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the rows in lists of at most ``size``."""
    running = iter(rows)
    while batch := list(islice(running, size)):
        yield batch


def _row(number: int, case: Listed, words: Words, name_of: Callable[[str], str]) -> list[str]:
    code = case.code if case.round == 1 else f"{case.code} (lần {case.round})"
    agency = name_of(case.agency) if case.agency else "chưa giao"
    source = CARRIED if case.carried else ARISEN
    return [str(number), code, words.filer, words.title, agency, words.letter, WORDS[case.result], source]
