"""Files as people send them."""

import io

import pikepdf


def _blank_page() -> bytes:
    document, written = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    document.save(written)
    return written.getvalue()


PDF = _blank_page()


def a_pdf(name: str = "van-ban.pdf") -> tuple[io.BytesIO, str]:
    """Return a PDF of one blank page as a form field."""
    return io.BytesIO(PDF), name
