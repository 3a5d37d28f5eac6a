"""What a wrong programme file is told, with file and line."""

import shutil

import pytest

from feedback_app.catalogue import packs
from feedback_app.catalogue.packs.reader import SHIPPED


@pytest.fixture
def edited(tmp_path):
    def edit(old, new):
        folder = tmp_path / "data"
        shutil.copytree(SHIPPED, folder)
        text = (folder / "programme.yaml").read_text("utf-8")
        assert old in text
        (folder / "programme.yaml").write_text(text.replace(old, new, 1), "utf-8")
        return folder

    return edit


@pytest.mark.parametrize(
    "old, new, told",
    [
        ("number: 5, ", "number: 4, ", "chỉ được khai báo một lần"),
        ("number: 70, ", "number: 71, ", "71"),
        ("reports: half_year", "reports: weekly", "không có kỳ báo cáo 'weekly'"),
        ("months: 6", "months: 5", "months là một trong"),
        ("everyone: [provincial, district, commune]", "everyone: [ministry]", "everyone"),
        ("sub_index: 8", "sub_index: 11", "sub_index"),
    ],
)
def test_a_wrong_programme_is_refused_by_name(edited, old, new, told):
    with pytest.raises(packs.PackError) as refused:
        packs.read(edited(old, new))
    assert refused.value.path == "programme.yaml"
    assert told in str(refused.value)


def test_all_seventy_tasks_say_when_what_and_under_which_sub_index():
    tasks = packs.shipped().programme.tasks
    assert [task.number for task in tasks] == list(range(1, 71))
    assert {task.sub_index for task in tasks} == set(range(1, 9))
    assert all(task.time.vi and task.time.en and task.product.vi and task.product.en for task in tasks)
