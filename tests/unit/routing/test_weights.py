"""What the log-linear model sees of a text."""

from feedback_app.routing.phrases import Hit, Phrase, read
from feedback_app.routing.weights import Weights, features


def hit(tag: str, first: int, last: int) -> Hit:
    return Hit(Phrase(tag, 1.0, tag), first, last, 1.0)


def test_the_order_of_two_sets_in_a_sentence_is_seen() -> None:
    text = read("nhận quà rồi mới ký", {})
    seen = features(text, [hit("gift", 0, 1), hit("signed", 3, 4)], [])
    assert {"<gift>", "<signed>", "<gift+signed>", "<gift>signed>"} <= seen
    assert "<signed>gift>" not in seen


def test_sets_in_different_sentences_are_not_joined() -> None:
    text = read("Có quà. Đã ký.", {})
    seen = features(text, [hit("gift", 1, 1), hit("signed", 3, 3)], [])
    assert "<gift+signed>" not in seen


def test_a_sum_of_money_is_seen_in_figures_and_in_words() -> None:
    assert "<amount>" in features(read("đưa 5 triệu", {}), [], [])
    assert "<amount>" in features(read("đưa hai củ", {}), [], [])
    assert "<amount>" not in features(read("chờ 5 ngày", {}), [], [])


def test_marks_tell_words_apart_where_the_author_types_them() -> None:
    assert "~thuế" in features(read("cán bộ thuế gọi", {}), [], [])
    assert not any(f.startswith("~") for f in features(read("can bo thue goi", {}), [], []))


def test_a_question_is_seen_as_one() -> None:
    assert "<ends-asking>" in features(read("nộp ở đâu?", {}), [], [])
    assert "<ends-asking>" not in features(read("nộp rồi.", {}), [], [])


def test_unknown_features_leave_the_score_at_its_bias() -> None:
    assert Weights(-1.0, 0.0, {"quà": 5.0}).score(frozenset({"hồ sơ"})) == -1.0
