"""YAML that remembers on which line every key and every list entry stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from feedback_app.catalogue.packs.errors import Loc, PackError

# The C parser is ten times faster and not in every build of PyYAML; both build the same nodes.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Located:
    """The content of a YAML file, and the line (from 1) of each place in it."""

    content: Any
    lines: dict[Loc, int]

    def line(self, loc: Loc) -> int:
        """Return the line of the place, or of the nearest place around it that the file has."""
        known: Loc = ()
        for token in loc:
            # pydantic puts names of union members between the keys: they stand nowhere in the file
            known = (*known, token) if (*known, token) in self.lines else known
        return self.lines[known]


def load(text: str, path: str) -> Located:
    """Read one YAML document.

    Raises:
        PackError: not YAML, or a key stands twice in one mapping.
    """
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            raise PackError(path, 1, "tệp trống")
        lines = dict(_lines(node, (), path))
        return Located(loader.construct_document(node), lines)
    except yaml.YAMLError as error:
        raise _syntax_error(error, path) from None
    finally:
        loader.dispose()


def _lines(node: yaml.Node, loc: Loc, path: str) -> Iterator[tuple[Loc, int]]:
    yield loc, node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for position, child in enumerate(node.value):
            yield from _lines(child, (*loc, position), path)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, child in node.value:
            line = key.start_mark.line + 1
            if key.value in seen:
                raise PackError(path, line, f"'{key.value}' được khai báo hai lần", "mỗi thuộc tính một lần")
            seen.add(key.value)
            yield from _lines(child, (*loc, key.value), path)
            yield (*loc, key.value), line


def _syntax_error(error: yaml.YAMLError, path: str) -> PackError:
    mark = getattr(error, "problem_mark", None)
    return PackError(
        path, mark.line + 1 if mark else 1, f"không đọc được YAML ({getattr(error, 'problem', error)})"
    )
