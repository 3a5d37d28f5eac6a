"""A signed PDF says who signed it and whether it is still what was signed; nothing is claimed that was not checked."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.generic import NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

from feedback_app.core.files import signatures

SIGNER = "Sở Y tế mẫu"


@pytest.fixture(scope="module")
def identity(tmp_path_factory):
    """Return a folder with a key and a certificate of its own, as PEM files."""
    folder, key = tmp_path_factory.mktemp("identity"), ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, SIGNER)])
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    private = serialization.PrivateFormat.PKCS8
    pem = key.private_bytes(serialization.Encoding.PEM, private, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(pem)
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return folder


@pytest.fixture(scope="module")
def signed(identity, tmp_path_factory):
    document, written = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    document.save(written)
    signer = signers.SimpleSigner.load(str(identity / "key.pem"), str(identity / "cert.pem"))
    with ThreadPoolExecutor() as apart:  # a browser of another test may have an event loop running here
        told = signers.PdfSignatureMetadata(field_name="ky")
        sealed = apart.submit(
            signers.sign_pdf, IncrementalPdfFileWriter(written), told, signer=signer
        ).result()
    path = tmp_path_factory.mktemp("signed") / "van-ban.pdf"
    path.write_bytes(sealed.getvalue())
    return path


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
