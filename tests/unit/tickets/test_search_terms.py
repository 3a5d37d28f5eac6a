"""What is written into the index and asked of it, in the languages of both databases."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback_app.core.text import fold
from feedback_app.tickets.search import excerpts, postgres, sqlite, terms
from feedback_app.tickets.search.terms import Document, Question

LEXEME = re.compile(r"'[^']*'")


@pytest.mark.parametrize(
    "typed, code",
    [
        ("KH-2026-000123", "KH-2026-000123"),
        (" kh 2026 000123 ", "KH-2026-000123"),
        ("kh2026000123", "KH-2026-000123"),
        ("KH-2026-123", None),
        ("phiếu KH-2026-000123", None),
    ],
)
def test_a_number_is_known_however_it_is_typed(typed, code):
    assert terms.code_asked(typed) == code


def test_a_word_typed_twice_is_asked_once_and_only_so_many():
    assert terms.words_asked("Đất đất ĐẤT đai") == ("dat", "dai")
    assert len(terms.words_asked(" ".join(f"tu{n}" for n in range(99)))) == terms.MOST_WORDS


@given(st.text(max_size=200), st.booleans(), st.booleans())
def test_whatever_is_typed_stays_within_its_quotes(typed, hidden, any_of):
    question = Question(words=terms.words_asked(typed), hidden=hidden, any_of=any_of, marks=(("ag1", "ag2"),))
    asked = LEXEME.sub("", postgres.as_tsquery(question))
    assert set(asked) <= set("()|& ")
    matched = re.sub(r'"[^"]*"', "", sqlite.as_match(question))
    assert set(re.sub(r"\b(heading|body|said|filer|hidden|marks|AND|OR)\b", "", matched)) <= set("{}(): ")


@given(st.lists(st.text(max_size=30), max_size=5))
def test_a_document_holds_nothing_but_quoted_words(texts):
    words = tuple(word for text in texts for word in terms.words_of(text))
    document = Document(1, words, words, (), words, (), ("ag1",))
    assert re.fullmatch(r"(:\d+[ABC]|\s)*", LEXEME.sub("", postgres.vector(document)))


def test_hidden_names_stand_apart_and_are_asked_for_only_on_demand():
    document = Document(1, ("thue",), (), (), (), ("hoang",), ())
    assert "'h@hoang'" in postgres.vector(document)
    assert "h@" not in postgres.as_tsquery(Question(words=("hoang",)))
    assert "hidden" not in sqlite.as_match(Question(words=("hoang",)))
    assert "h@" in postgres.as_tsquery(Question(words=("hoang",), hidden=True))
    assert "h@" not in postgres.as_tsquery(Question(words=("hoang",), hidden=True).openly())


def test_the_newest_tickets_stand_in_the_newest_blocks():
    new, recent = terms.newest(1_000_000)
    assert set(terms.age_marks(999_999)) & set(new)
    assert not set(terms.age_marks(900_000)) & set(new)
    assert set(terms.age_marks(900_000)) & set(recent)
    assert not set(terms.age_marks(1)) & set(recent)


def test_an_excerpt_begins_near_the_words_and_marks_them_as_they_are_written():
    text = "Mở đầu dài dòng. " * 20 + "Công ty chờ nghiệm thu phòng cháy. " + "Kết thúc. " * 40
    parts = excerpts.excerpt(["không liên quan", text], {"nghiem", "thu"})
    assert [part for part, hit in parts if hit] == ["nghiệm", "thu"]
    assert parts[0][0] == "… "
    assert parts[-1][0] == " …"
    assert sum(len(part) for part, _hit in parts) <= excerpts.LENGTH + 10


def test_an_excerpt_of_nothing_is_empty():
    assert excerpts.excerpt(["  "], {"thu"}) == []


@given(st.text(max_size=600), st.text(max_size=20))
def test_an_excerpt_is_a_piece_of_the_text(text, asked):
    parts = excerpts.excerpt([text], frozenset(terms.words_asked(asked)))
    piece = "".join(part for part, _hit in parts).strip("… ")
    assert fold(piece).replace(" ", "") in fold(" ".join(text.split())).replace(" ", "")
