"""What a text resembles, where no phrase of the vocabulary speaks."""

from feedback_app.routing.likeness import counted
from feedback_app.routing.phrases import read

LEARNT = [
    ("tax", read("xuất hóa đơn cho khách", {})),
    ("tax", read("hóa đơn bị sai", {})),
    ("land", read("đo lại ranh đất", {})),
    ("land", read("ranh đất bị sai", {})),
]


def test_a_text_resembles_the_field_whose_words_it_uses_with_and_without_marks() -> None:
    likeness = counted(LEARNT, caution=1.0)
    for text in ("in hóa đơn", "in hoa don"):
        alike = likeness.of(read(text, {}))
        assert alike["tax"] > 0 > alike["land"]


def test_words_shared_by_all_fields_speak_for_none() -> None:
    alike = counted(LEARNT, caution=1.0).of(read("bị sai", {}))
    assert alike["tax"] == alike["land"]


def test_a_text_of_unknown_words_resembles_nothing() -> None:
    assert counted(LEARNT[:1], caution=1.0).of(read("xyz", {})) == {}
