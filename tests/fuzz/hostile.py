"""What nobody types by accident, and what somebody does."""

import io
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.forms import Form

NASTY = (
    "\x00",
    "trước\x00sau",
    "\x01\x02\x1b[31m\x7f",
    "\u202eđảo ngược\u202c",
    "\u200b\u200d\ufeff",
    "👩‍👩‍👧‍👦🏴‍☠️",
    "e\u0301" * 50,
    "Á" * 30_000,
    "\r\nSet-Cookie: a=b",
    "-1",
    "0",
    "99999999999999999999999",
    "-9223372036854775809",
    "1e999",
    "NaN",
    "٣",
    "²",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "0001-01-01",
    "31/12/2026",
    "' OR 1=1 --",
    "%s%n{0}{{7*7}}%(code)s",
    "<script>alert(1)</script>",
    "../../../../etc/passwd",
    "//example.org/\\@",
    "open.9999-12-31.99999999999999999999",
    "open\x00.2026-01-01.1",
    "true",
    "[]",
    '{"a": 1}',
)
CONTENTS = (
    b"",
    b"\x00",
    b"%PDF-1.7\n%\xe2\xe3",
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    b"\xff\xd8\xff\xe0\x00\x10JFIF",
    b"PK\x03\x04\x14\x00\x00\x00",
    b"<svg onload=alert(1)>",
    b"<!doctype html><script>alert(1)</script>",
    "Biên lai\n".encode(),
)
NAMES = (
    "a.pdf",
    "a.png",
    "a.txt",
    "",
    "..",
    "\x00.pdf",
    "a" * 300 + ".pdf",
    "tệp.docx",
    "../../x.jpg",
    "con.zip",
)

words = st.one_of(st.sampled_from(NASTY), st.text(max_size=60), st.text(min_size=1, max_size=2))


@st.composite
def files(draw: Any) -> tuple[io.BytesIO, str]:
    content = draw(st.one_of(st.sampled_from(CONTENTS), st.binary(max_size=200)))
    return io.BytesIO(content), draw(st.sampled_from(NAMES))


@st.composite
def filled_in(draw: Any, form: Form) -> Mapping[str, Any]:
    """Return what is sent: most fields as a person would, some as nobody should, missing or repeated."""
    sent: dict[str, Any] = {}
    for name, offered in form.values.items():
        how = draw(st.integers(0, 9))
        if name in form.files:
            value = draw(files()) if how < 7 else draw(words)
        elif how < 4:
            value = draw(st.sampled_from([*offered, "Nội dung hợp lệ"]))
        else:
            value = draw(words)
        match how:
            case 9:
                continue
            case 8 if isinstance(value, str):
                value = [value, draw(words), value]
            case 7 if name not in form.files and form.method == "POST":
                value = draw(files())
        sent[name] = value
    if draw(st.integers(0, 9)) == 0:
        sent[draw(st.text(min_size=1, max_size=20))] = draw(words)
    return sent
