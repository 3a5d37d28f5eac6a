"""Texts in which what must not be read is marked: {kind|text}."""

import re
from dataclasses import dataclass
from pathlib import Path

from feedback_app.library.redaction import Finding, find

HERE = Path(__file__).parent
_MARK = re.compile(r"\{(\w+)\|([^}]*)\}")


@dataclass(frozen=True)
class Marked:
    text: str
    spans: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class Score:
    """Of how many marked parts how many were found whole; of how many findings how many touch none."""

    marked: int
    found: int
    findings: int
    needless: int
    missed: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def recall(self) -> float:
        return self.found / self.marked


def read(name: str) -> list[Marked]:
    return [_parse(line) for line in (HERE / name).read_text().splitlines() if line]


def score(sentences: list[Marked]) -> Score:
    missed, wrong, marked, findings = [], [], 0, 0
    for one in sentences:
        found = find(one.text)
        findings += len(found)
        marked += len(one.spans)
        missed += [
            f"{kind}: {one.text[a:b]}" for a, b, kind in one.spans if not _covered(one.text, a, b, found)
        ]
        wrong += [f.text for f in found if not any(f.start < b and a < f.end for a, b, _ in one.spans)]
    return Score(marked, marked - len(missed), findings, len(wrong), tuple(missed), tuple(wrong))


def _covered(text: str, start: int, end: int, found: list[Finding]) -> bool:
    """Whether every letter and digit of the part lies in a finding."""
    return all(any(f.start <= i < f.end for f in found) for i in range(start, end) if text[i].isalnum())


def _parse(line: str) -> Marked:
    text, spans, last = "", [], 0
    for match in _MARK.finditer(line):
        text += line[last : match.start()]
        spans.append((len(text), len(text) + len(match[2]), match[1]))
        text += match[2]
        last = match.end()
    return Marked(text + line[last:], tuple(spans))
