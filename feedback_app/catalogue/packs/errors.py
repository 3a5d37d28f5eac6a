"""What is wrong with a pack, said so that the person who edits the file can mend it."""

from dataclasses import dataclass

Loc = tuple[str | int, ...]


@dataclass(frozen=True)
class Finding:
    """Something wrong at a place of a pack; ``loc`` is the keys and positions from the top."""

    pack: str
    loc: Loc
    problem: str
    expected: str | None = None


class PackError(ValueError):
    """A pack was refused.

    ``path`` is the file, or the pack's name when it comes from the database; ``line`` counts from 1 and is
    None where there is no file.
    """

    def __init__(self, path: str, line: int | None, problem: str, expected: str | None = None) -> None:
        self.path, self.line, self.problem, self.expected = path, line, problem, expected
        place = path if line is None else f"{path}, dòng {line}"
        super().__init__(f"{place}: {problem}" + (f"; cần {expected}" if expected else ""))
