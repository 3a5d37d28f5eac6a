"""Finding phrases: with marks, without them, abbreviated, and not where they only look alike."""

import unicodedata

import pytest

from feedback_app.routing.phrases import Matcher, Phrase, read, sentences

ABBREVIATIONS = {"gpxd": "giấy phép xây dựng", "k": "không", "ko": "không", "tr": "triệu"}


def found(text: str, *phrases: str) -> list[str]:
    matcher = Matcher([Phrase("t", 1.0, p) for p in phrases], ABBREVIATIONS)
    return [hit.phrase.text for hit in matcher.hits(read(text, ABBREVIATIONS))]


@pytest.mark.parametrize(
    "text", ["xin giấy phép xây dựng", "xin giay phep xay dung", "XIN GPXD", "xin Gpxd nhanh"]
)
def test_one_phrase_is_found_however_it_is_typed(text: str) -> None:
    assert found(text, "giấy phép xây dựng") == ["giấy phép xây dựng"]


def test_renting_is_not_taxing_when_the_author_types_marks() -> None:
    assert found("chúng tôi thuê nhà", "thuế") == []
    assert found("chúng tôi nợ thuế", "thuế") == ["thuế"]


def test_where_the_tone_stands_does_not_matter() -> None:
    assert found("hàng hoá ở Khánh Hoà", "hàng hóa", "khánh hòa") == ["hàng hóa", "khánh hòa"]


def test_a_phrase_inside_a_longer_one_is_left_out() -> None:
    assert found("phòng cháy rừng", "phòng cháy", "phòng cháy rừng") == ["phòng cháy rừng"]


def test_a_word_with_marks_is_no_abbreviation() -> None:
    assert found("con tr và trứ", "triệu") == ["triệu"]


def test_the_k_after_a_figure_means_thousand_and_alone_means_not() -> None:
    tokens = [t.folded for t in read("500k k biết", ABBREVIATIONS).tokens]
    assert tokens == ["500", "k", "khong", "biet"]


def test_composed_and_decomposed_texts_give_the_same_tokens() -> None:
    text = "Đề nghị hoàn thuế GTGT. Xin cảm ơn!"
    assert read(text, {}) == read(unicodedata.normalize("NFD", text), {})


def test_sentences_are_numbered_as_tokens_are() -> None:
    raw = "Một hai. Ba bốn!\nNăm"
    tokens = read(raw, {}).tokens
    assert [s.strip() for s in sentences(raw) if s.strip()] == ["Một hai.", "Ba bốn!", "Năm"]
    assert "Năm" in sentences(raw)[tokens[-1].sentence]
