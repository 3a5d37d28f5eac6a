"""``feedback routing`` as people type it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from feedback_app.catalogue.packs import shipped
from feedback_app.routing.commands import routing

KEYS = [
    "kind", "field", "lead", "coordinating", "candidates", "rule",
    "confidence", "needs_triage", "sensitive", "reason",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _shipped_packs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedback_app.catalogue.store.best_available", shipped)


def run(*args: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(routing, args, input=stdin)


def text_file(folder: Path, text: str) -> str:
    path = folder / "text.txt"
    path.write_text(text, "utf-8")
    return str(path)


def test_both_are_inferred_from_the_text(tmp_path: Path) -> None:
    file = text_file(tmp_path, "Chậm hoàn thuế GTGT cho công ty")
    done = run(
        "explain", "--kind", "auto", "--field", "auto", "--on", "2024-08-15", "--text-file", file, "--json"
    )
    answer = json.loads(done.output)
    assert list(answer) == KEYS
    assert answer["lead"] == {"code": "thue", "name": "Cục Thuế tỉnh Khánh Hòa"}
    assert len(answer["candidates"]) == 3


def test_given_codes_are_followed(tmp_path: Path) -> None:
    done = run("explain", "--kind", "informal_cost", "--field", "tax", "--concerned", "thanh-tra", "--json")
    answer = json.loads(done.output)
    assert (answer["kind"], answer["lead"]["code"], answer["sensitive"]) == ("informal_cost", "vp-ubnd", True)


def test_people_get_sentences(tmp_path: Path) -> None:
    done = run("explain", "--text-file", text_file(tmp_path, "xin cấp GPXD nhà xưởng"))
    assert done.exit_code == 0
    assert "Chủ trì: Sở Xây dựng" in done.output


def test_lines_are_answered_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(
        '{"id": 2, "text": "cúp điện"}\n\n{"id": "a", "text": "x", "kind": "obstacle", "field": "tax"}\n'
    )
    rows = [json.loads(line) for line in run("explain", "--jsonl", str(path), "--json").output.splitlines()]
    assert [row["id"] for row in rows] == [2, "a"]
    assert [row["lead"]["code"] for row in rows] == ["dien-luc", "thue"]
    assert list(rows[0]) == ["id", *KEYS]


@pytest.mark.parametrize(
    "content, said",
    [
        ("{broken", "dòng 2: không phải JSON"),
        ("[1]", "dòng 2: cần một đối tượng"),
        ('{"id": 1}', 'dòng 2: cần một đối tượng có "text"'),
        ('{"id": 1, "text": 3}', 'dòng 2: cần một đối tượng có "text"'),
        ('{"id": 1, "text": "a", "kind": "gift"}', "dòng 2: không có loại phản ánh “gift”"),
        ('{"id": 1, "text": "a", "field": 7}', 'dòng 2: "field" phải là chuỗi'),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(f'{{"id": 0, "text": "thuế"}}\n{content}\n', "utf-8")
    done = run("explain", "--jsonl", str(path), "--json")
    assert done.exit_code == 2
    assert said in done.output


@pytest.mark.parametrize(
    "args, said",
    [
        (["--on", "2024-13-01"], "không phải ngày hợp lệ"),
        (["--text-file", "/nowhere/x"], "không đọc được tệp"),
        (["--field", "magic"], "không có lĩnh vực “magic”"),
        (["--area", "hanoi"], "không có địa bàn “hanoi”"),
        (["--procedure", "none-such"], "không có thủ tục “none-such”"),
        (["--concerned", "nobody"], "không có cơ quan “nobody”"),
        (["--on", "1980-01-01"], "1980"),
    ],
)
def test_a_wrong_option_is_explained_without_a_traceback(args: list[str], said: str) -> None:
    done = run("explain", *args)
    assert done.exit_code == 2
    assert said in done.output
    assert isinstance(done.exception, SystemExit)


def test_text_comes_from_standard_input_too() -> None:
    done = run("explain", "--text-file", "-", "--json", stdin="hoàn thuế GTGT")
    assert json.loads(done.output)["field"] == "tax"


def test_the_evaluation_prints_shares(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(
        '{"id": 1, "text": "hoàn thuế GTGT", "lead": "thue", "kind": "obstacle"}\n'
        '{"id": 2, "text": "hoàn thuế GTGT", "lead": ["so-xd", "so-yt"]}\n'
        '{"id": 3, "text": "cán bộ đòi tiền bồi dưỡng", "accused": true}\n',
        "utf-8",
    )
    figures = json.loads(run("evaluate", str(path), "--json").output)
    assert figures["first"] == {"right": 1, "of": 2, "share": 0.5}
    assert figures["noticed"] == {"right": 1, "of": 1, "share": 1.0}
    assert "thue" in run("evaluate", str(path), "--wrong").output
