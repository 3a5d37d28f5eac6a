"""``feedback routing``: who would answer, and how often that is right."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TextIO

import click

from feedback_app.catalogue.packs import Catalogue, Kind, PackError
from feedback_app.routing.decide import explain
from feedback_app.routing.evaluate import Report, Share, evaluate
from feedback_app.routing.matter import Matter

AUTO = "auto"
ON = click.option("--on", "on", help="Ngày áp dụng, dạng YYYY-MM-DD (mặc định: hôm nay).")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="In ra JSON.")


@click.group("routing")
def routing() -> None:
    """Phân công: cơ quan nào trả lời, vì sao."""


@routing.command("explain")
@click.option("--kind", default=AUTO, help=f"Loại phản ánh, hoặc auto để suy ra: {', '.join(Kind)}.")
@click.option("--field", "field_", default=AUTO, help="Mã lĩnh vực, hoặc auto để suy ra từ nội dung.")
@click.option("--area", help="Mã địa bàn.")
@click.option("--procedure", help="Mã thủ tục.")
@click.option("--concerned", multiple=True, help="Mã cơ quan bị phản ánh; dùng nhiều lần được.")
@ON
@click.option("--text-file", help="Tệp chứa nội dung, UTF-8; dấu - để đọc từ đầu vào chuẩn.")
@click.option(
    "--jsonl", "jsonl", help='Tệp mỗi dòng {"id","text","kind"?,"field"?}; in một dòng JSON cho mỗi dòng.'
)
@AS_JSON
def explain_command(  # one parameter for each option of the command
    kind: str,
    field_: str,
    area: str | None,
    procedure: str | None,
    concerned: tuple[str, ...],
    on: str | None,
    text_file: str | None,
    jsonl: str | None,
    as_json: bool,
) -> None:
    """Cho biết cơ quan chủ trì, phối hợp, ba cơ quan phù hợp nhất và lý do."""
    catalogue, day = _catalogue(), _day(on)
    given = {"kind": kind, "field": field_, "area": area, "procedure": procedure, "concerned": concerned}
    if jsonl is not None:
        if text_file is not None:
            raise click.UsageError("Chỉ dùng một trong hai: --text-file hoặc --jsonl.")
        _explain_lines(jsonl, given, catalogue, day)
        return
    text = _read(text_file) if text_file is not None else ""
    answer = _explained({**given, "text": text}, catalogue, day, "")
    click.echo(json.dumps(answer, ensure_ascii=False) if as_json else _as_text(answer))


@routing.command("evaluate")
@click.argument("file")
@ON
@AS_JSON
@click.option("--wrong", "show_wrong", is_flag=True, help="Liệt kê mã các dòng sai.")
def evaluate_command(file: str, on: str | None, as_json: bool, show_wrong: bool) -> None:
    """Đo độ chính xác trên một tệp JSONL có nhãn: {"id","text","lead"?,"kind"?,"accused"?}."""
    lines = [line for _, line in _lines(file)]
    report = evaluate(lines, _catalogue(), _day(on))
    click.echo(json.dumps(_figures(report)) if as_json else _as_table(report))
    if show_wrong:
        click.echo("\n".join(report.wrong))


def _explain_lines(path: str, given: dict[str, Any], catalogue: Catalogue, day: date) -> None:
    for number, line in _lines(path):
        matter = {**given, **{key: line[key] for key in ("text", "kind", "field") if line.get(key)}}
        answer = _explained(matter, catalogue, day, f"{path}, dòng {number}: ")
        click.echo(json.dumps({"id": line.get("id"), **answer}, ensure_ascii=False))


def _explained(given: dict[str, Any], catalogue: Catalogue, day: date, place: str) -> dict[str, Any]:
    problem = _problem(given, catalogue)
    if problem:
        _refuse(f"{place}{problem}")
    matter = Matter(
        kind=None if given["kind"] == AUTO else given["kind"],
        field=None if given["field"] == AUTO else given["field"],
        procedure=given["procedure"],
        area=given["area"],
        text=given.get("text", ""),
        concerned=frozenset(given["concerned"]),
    )
    try:
        return explain(matter, catalogue, day)
    except LookupError as error:
        _refuse(f"{place}{error.args[0]}")


def _problem(given: dict[str, Any], catalogue: Catalogue) -> str | None:
    """What is wrong with the codes given, in one sentence."""
    known: dict[str, set[str]] = {
        "kind": {AUTO, *Kind},
        "field": {AUTO, *(f.code for f in catalogue.fields.fields)},
        "area": {a.code for a in catalogue.areas.areas},
        "procedure": {p.code for p in catalogue.fields.procedures},
    }
    names = {"kind": "loại phản ánh", "field": "lĩnh vực", "area": "địa bàn", "procedure": "thủ tục"}
    for key, codes in known.items():
        if given[key] is not None and given[key] not in codes:
            return f"không có {names[key]} “{given[key]}”"
    agencies = {a.code for a in catalogue.agencies.agencies}
    unknown = next((code for code in given["concerned"] if code not in agencies), None)
    return f"không có cơ quan “{unknown}”" if unknown else None


def _lines(path: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, raw in enumerate(_read(path).split("\n"), start=1):
        if raw.strip():
            yield number, _line(raw, f"{path}, dòng {number}")


def _line(raw: str, place: str) -> dict[str, Any]:
    try:
        line = json.loads(raw)
    except ValueError as error:
        _refuse(f"{place}: không phải JSON hợp lệ ({error})")
    if not isinstance(line, dict) or not isinstance(line.get("text"), str):
        _refuse(f'{place}: cần một đối tượng có "text" là chuỗi')
    for key in ("kind", "field"):
        if not isinstance(line.get(key), str | None):
            _refuse(f'{place}: "{key}" phải là chuỗi')
    return line


def _read(path: str) -> str:
    try:
        stream: TextIO | None = sys.stdin if path == "-" else None
        return stream.read() if stream else Path(path).read_text("utf-8-sig")
    except OSError as error:
        _refuse(f"{path}: không đọc được tệp ({error.strerror})")
    except UnicodeDecodeError:
        _refuse(f"{path}: tệp không phải UTF-8")


def _day(on: str | None) -> date:
    from feedback_app.core.clock import local_date, now

    if on is None:
        return local_date(now())
    try:
        return date.fromisoformat(on)
    except ValueError:
        _refuse(f"--on: “{on}” không phải ngày hợp lệ, cần dạng YYYY-MM-DD")


def _catalogue() -> Catalogue:
    from feedback_app.catalogue.store import best_available

    try:
        return best_available()
    except PackError as error:
        _refuse(str(error))


def _refuse(message: str) -> NoReturn:
    click.echo(message, err=True)
    raise SystemExit(2)


def _as_text(answer: dict[str, Any]) -> str:
    helpers = ", ".join(agency["name"] for agency in answer["coordinating"]) or "không có"
    ranked = [f"  {n}. {c['name']} ({c['score']:.2f})" for n, c in enumerate(answer["candidates"], start=1)]
    lines = [
        f"Loại: {answer['kind']}    Lĩnh vực: {answer['field']}",
        f"Chủ trì: {answer['lead']['name']}",
        f"Phối hợp: {helpers}",
        "Phù hợp nhất:",
        *ranked,
        f"Quy tắc: {answer['rule']}    Độ chắc chắn: {answer['confidence']:.2f}",
        f"Lý do: {answer['reason']}",
    ]
    if answer["needs_triage"]:
        lines.append("Cần cơ quan đầu mối phân loại.")
    if answer["sensitive"]:
        lines.append("Nội dung nhạy cảm: hạn chế người xem.")
    return "\n".join(lines)


def _shares(report: Report) -> dict[str, Share]:
    return {
        "first": report.first,
        "within_three": report.within_three,
        "kind": report.kind,
        "sure": report.sure,
        "triaged": report.triaged,
        "noticed": report.noticed,
        "false_alarms": report.false_alarms,
    }


def _figures(report: Report) -> dict[str, Any]:
    return {
        name: {"right": s.right, "of": s.of, "share": round(s.value, 4)}
        for name, s in _shares(report).items()
    }


def _as_table(report: Report) -> str:
    rows = [f"{name:13} {s.right:4}/{s.of:<4} {s.value:7.2%}" for name, s in _shares(report).items() if s.of]
    confused = [f"  {right} → {given}: {n}" for (right, given), n in report.confused.most_common(12)]
    return "\n".join(rows + (["Nhầm (đúng → đoán):", *confused] if confused else []))
