"""Files and stored rows into packs, packs into rows."""

from collections.abc import Mapping
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from feedback_app.catalogue.packs import located
from feedback_app.catalogue.packs.catalogue import FOLDERS, SINGLE, Catalogue, composed, shape_of
from feedback_app.catalogue.packs.errors import Loc, PackError
from feedback_app.catalogue.packs.references import findings, without_ladder, without_mirrors
from feedback_app.catalogue.packs.wording import told

SHIPPED = Path(__file__).parents[2] / "data"


@cache
def shipped() -> Catalogue:
    """Return the catalogue of the files that come with the application."""
    return read(SHIPPED)


def read(folder: Path | str) -> Catalogue:
    """Return the catalogue of the YAML files in ``folder``, shapes and references checked.

    Raises:
        PackError: the first thing wrong, with its file and line.
    """
    texts = {
        name: located.load(path.read_text("utf-8"), f"{name}.yaml") for name, path in _files(Path(folder))
    }
    packs = {name: _shaped(name, text.content, text) for name, text in texts.items()}
    return _checked(packs, texts)


def parse(pack_name: str, content: Mapping[str, Any]) -> BaseModel:
    """Return the stored pack ``content`` in its shape: what ``dump`` gave comes back equal.

    Raises:
        PackError: no pack has that name, or the content does not fit; there is no line.
    """
    return _shaped(pack_name, content, None)


def read_one(folder: str, text: str, label: str) -> BaseModel:
    """Return one pack of ``folder`` (regulations, calendars) from the text of a YAML file called ``label``.

    Raises:
        PackError: the first thing wrong, with its line.
    """
    located_text = located.load(text, label)
    code = located_text.content.get("code") if isinstance(located_text.content, dict) else None
    try:
        return _shaped(f"{folder}/{code}", located_text.content, located_text)
    except PackError as error:
        raise PackError(label, error.line, error.problem, error.expected) from None


def dump(pack: BaseModel) -> dict[str, Any]:
    """Return the pack as plain data for JSON."""
    return pack.model_dump(mode="json")


def assemble(packs: Mapping[str, BaseModel]) -> Catalogue:
    """Put stored packs, by name, together and check their references.

    Raises:
        PackError: a pack is missing, or one names what no other has.
    """
    return _checked(packs, {})


def _files(folder: Path) -> list[tuple[str, Path]]:
    single = [(name, folder / f"{name}.yaml") for name in SINGLE]
    missing = next((path for _, path in single if not path.is_file()), None)
    if missing is not None:
        raise PackError(missing.name, None, "không tìm thấy tệp", f"tệp này trong {folder}")
    many = [(f"{sub}/{path.stem}", path) for sub in FOLDERS for path in sorted((folder / sub).glob("*.yaml"))]
    return single + many


def _shaped(name: str, content: object, text: located.Located | None) -> BaseModel:
    try:
        shape = shape_of(name)
    except KeyError:
        raise PackError(name, None, "không có gói dữ liệu nào mang tên này", _names()) from None
    try:
        pack = shape.model_validate(content)
    except ValidationError as error:
        # a misspelt key is also a missing one: the misspelling is what the editor must see
        first = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
        raise PackError(*_place(name, text, first["loc"]), *told(first, shape)) from None
    if "/" in name and getattr(pack, "code", None) != name.partition("/")[2]:
        raise PackError(*_place(name, text, ("code",)), "code khác tên tệp", "code trùng với tên tệp")
    return pack


def _checked(packs: Mapping[str, BaseModel], texts: Mapping[str, located.Located]) -> Catalogue:
    try:
        catalogue = composed(packs)
    except KeyError as missing:
        raise PackError(str(missing.args[0]), None, "thiếu gói dữ liệu này", _names()) from None
    of_files = chain(without_ladder(catalogue), without_mirrors(catalogue)) if texts else ()
    for finding in chain(findings(catalogue), of_files):
        place = _place(finding.pack, texts.get(finding.pack), finding.loc)
        raise PackError(*place, finding.problem, finding.expected)
    return catalogue


def _place(name: str, text: located.Located | None, loc: Loc) -> tuple[str, int | None]:
    return (name, None) if text is None else (f"{name}.yaml", text.line(loc))


def _names() -> str:
    return "một trong: " + ", ".join([*SINGLE, *(f"{folder}/<code>" for folder in FOLDERS)])
