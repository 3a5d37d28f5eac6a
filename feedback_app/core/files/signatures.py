"""Digital signatures in a PDF: whose they say they are, and whether the file is still the one that was signed.

Checked here: the signature's own arithmetic, and that nothing was changed after it. Whether the certificate is one that
the State knows is checked only against the roots that an operator configured; without them nothing is claimed of it.
"""

import logging
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

log = logging.getLogger(__name__)
MOST = 10  # signatures that are looked at


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature; ``trusted`` is None where no roots are configured, ``signed_at`` what the signer's clock said."""

    signer: str
    signed_at: str
    intact: bool
    whole: bool  # nothing was changed in the file after it
    trusted: bool | None

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def check(path: Path, roots: Iterable[Path] = ()) -> list[Signature] | None:
    """Return the signatures of the PDF at ``path``, oldest first; ``None`` where they cannot be read."""
    trusted = list(load_certs_from_pemder([str(root) for root in roots])) if roots else []
    context = ValidationContext(trust_roots=trusted, allow_fetching=False)
    try:
        with ThreadPoolExecutor(
            max_workers=1
        ) as apart:  # the library starts an event loop, of which a thread has one
            return apart.submit(_read, path, context, known=bool(trusted)).result()
    except Exception as error:  # noqa: BLE001 - a stranger's file: whatever is wrong with it, it cannot be checked
        log.warning("signatures cannot be checked: %s", type(error).__name__)
        return None


def _read(path: Path, context: ValidationContext, *, known: bool) -> list[Signature]:
    with path.open("rb") as file:
        found = PdfFileReader(file, strict=False).embedded_signatures[:MOST]
        return [_signature(one, context, known=known) for one in found]


def _signature(embedded: Any, context: ValidationContext, *, known: bool) -> Signature:
    status = validate_pdf_signature(embedded, signer_validation_context=context)
    at = status.signer_reported_dt
    return Signature(
        signer=_name(status.signing_cert),
        signed_at=at.isoformat() if at else "",
        intact=bool(status.intact and status.valid),
        whole=_whole(status),
        trusted=bool(status.trusted) if known else None,
    )


def _whole(status: Any) -> bool:
    """Say whether the signature covers the file, or what followed it is a change that signing allows."""
    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return True
    return status.coverage is SignatureCoverageLevel.ENTIRE_REVISION and bool(status.docmdp_ok)


def _name(certificate: Any) -> str:
    names = certificate.subject.native
    return str(names.get("common_name") or names.get("organization_name") or "")
