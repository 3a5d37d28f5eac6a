"""A signed PDF says who signed it and whether it is still what was signed; nothing is claimed that was not checked."""

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from feedback_app.core.files import signatures
from tests.factories.signed import SIGNER, a_signed_pdf, an_identity


@pytest.fixture(scope="module")
def identity(tmp_path_factory):
    return an_identity(tmp_path_factory.mktemp("identity"))


@pytest.fixture(scope="module")
def signed(identity):
    return a_signed_pdf(identity)


def test_a_letter_without_a_signature_has_none(tmp_path):
    document, path = pikepdf.new(), tmp_path / "plain.pdf"
    document.add_blank_page()
    document.save(path)
    assert signatures.check(path) == []


def test_who_signed_is_said_and_nothing_claimed_of_the_certificate(signed):
    (found,) = signatures.check(signed)
    assert (found.signer, found.intact, found.whole, found.trusted) == (SIGNER, True, True, None)


def test_against_configured_roots_the_certificate_is_trusted(signed, identity):
    (found,) = signatures.check(signed, [identity / "cert.pem"])
    assert found.trusted is True


def test_a_changed_byte_breaks_it(signed, tmp_path):
    changed, data = tmp_path / "changed.pdf", bytearray(signed.read_bytes())
    at = data.index(b"/MediaBox")
    data[at + 12] ^= 1
    changed.write_bytes(bytes(data))
    found = signatures.check(changed)
    assert found is None or not found[0].intact


def test_a_page_turned_afterwards_shows(signed, tmp_path):
    turned = tmp_path / "turned.pdf"
    with signed.open("rb") as file:
        writer = IncrementalPdfFileWriter(file)
        page = writer.root["/Pages"]["/Kids"][0]
        page["/Rotate"] = NumberObject(90)
        writer.update_container(page)
        with turned.open("wb") as out:
            writer.write(out)
    (found,) = signatures.check(turned)
    assert found.intact
    assert not found.whole


def test_what_cannot_be_read_is_said_to_be_unreadable(tmp_path):
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing of it")
    assert signatures.check(path) is None
