"""A PDF with a digital signature, and the identity that signs it."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

from tests.factories.files import PDF

SIGNER = "Sở Y tế mẫu"


def an_identity(folder: Path) -> Path:
    """Put a key and a certificate of its own into ``folder``, as key.pem and cert.pem, and return it."""
    key = ec.generate_private_key(ec.SECP256R1())
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


def a_signed_pdf(identity: Path) -> Path:
    """Return the path of a PDF that ``identity`` signed, beside its key."""
    signer = signers.SimpleSigner.load(str(identity / "key.pem"), str(identity / "cert.pem"))
    with ThreadPoolExecutor() as apart:  # a browser of another test may have an event loop running here
        told = signers.PdfSignatureMetadata(field_name="ky")
        unsigned = IncrementalPdfFileWriter(io.BytesIO(PDF))
        sealed = apart.submit(signers.sign_pdf, unsigned, told, signer=signer).result()
    path = identity / "van-ban.pdf"
    path.write_bytes(sealed.getvalue())
    return path
