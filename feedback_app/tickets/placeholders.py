"""What may stand in double braces in a wording of an answer, and filling it in. Pure."""

import re
from collections.abc import Mapping

_ONE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_BRACES = re.compile(r"\{\{|\}\}")

PLACEHOLDERS = (
    "so_phieu",
    "tieu_de",
    "ngay_gui",
    "ten_doanh_nghiep",
    "linh_vuc",
    "thu_tuc",
    "ma_ho_so",
    "co_quan",
    "can_bo",
    "ngay",
    "han_tra_loi",
)


class Faulty(ValueError):
    """A wording that cannot be filled in; ``name`` is the unknown placeholder, empty where braces do not pair."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def check(wording: str) -> None:
    """Refuse an unknown placeholder and a brace without its pair. Raises Faulty."""
    unknown = next((name for name in _ONE.findall(wording) if name not in PLACEHOLDERS), None)
    if unknown is not None:
        raise Faulty(unknown)
    if _BRACES.search(_ONE.sub("", wording)):
        raise Faulty("")


def fill(wording: str, values: Mapping[str, str]) -> str:
    """Return ``wording`` with every placeholder replaced once: braces inside a value stay as they are."""
    return _ONE.sub(lambda found: values[found.group(1)], wording)
