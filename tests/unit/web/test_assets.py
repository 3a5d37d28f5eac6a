"""The address of a style sheet changes when any static file does."""

from feedback_app.web.assets import version_of


def test_the_version_follows_names_and_contents(tmp_path):
    (tmp_path / "a.css").write_text("x")
    first = version_of(tmp_path)
    assert version_of(tmp_path) == first
    (tmp_path / "a.css").write_text("y")
    second = version_of(tmp_path)
    (tmp_path / "a.css").rename(tmp_path / "b.css")
    assert len({first, second, version_of(tmp_path)}) == 3
