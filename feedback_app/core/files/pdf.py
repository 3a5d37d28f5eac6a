"""PDF files are kept as sent, so that signatures stay valid; those that act or carry files are refused."""

import subprocess
import sys
from pathlib import Path

from flask_babel import gettext as _

from feedback_app.core.files import pdf_walk
from feedback_app.core.files.pdf_walk import Fault
from feedback_app.core.files.refusal import Refused

PATIENCE = 30  # seconds on a busy machine
_TAIL = 1024


def inspect(path: Path) -> None:
    """Look at each object of the PDF at ``path``, in another process with limits on time and memory.

    Raises:
        Refused: broken, encrypted, with scripts, actions, embedded files, with data after its end, or too much
            work to look at.
    """
    _refuse_rest(path)
    fault = _asked(path)
    if fault is not None:
        raise Refused(_reason(fault))


def _asked(path: Path) -> Fault | None:
    """Return what the other process finds; one that died of its limits found too much to look at."""
    command = [sys.executable, "-I", pdf_walk.__file__, str(path)]
    try:
        answer = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return Fault.TOO_COMPLEX
    said = answer.stdout.decode().strip()
    if answer.returncode != 0:
        return Fault.TOO_COMPLEX
    return Fault(said) if said else None


def _refuse_rest(path: Path) -> None:
    data = path.read_bytes()
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise Refused(_reason(Fault.BROKEN))
    if len(data) - end > _TAIL or data[end + 5 :].strip(b"\r\n\0 \t"):
        raise Refused(_("sau phần cuối của PDF còn dữ liệu lạ, không an toàn để mở"))


def _reason(fault: Fault) -> str:
    return {
        Fault.BROKEN: _("PDF hỏng hoặc bị cắt cụt, không mở được"),
        Fault.LOCKED: _("PDF có mật khẩu nên không kiểm tra được; xin gửi bản không đặt mật khẩu"),
        Fault.NO_PAGE: _("PDF không có trang nào"),
        Fault.TOO_COMPLEX: _("PDF quá phức tạp để kiểm tra; xin in lại thành PDF đơn giản"),
        Fault.SCRIPT: _("PDF có mã lệnh (JavaScript); xin in lại thành PDF không có mã"),
        Fault.ACTION: _("PDF có lệnh mở chương trình, tệp hoặc địa chỉ khác; xin in lại thành PDF đơn giản"),
        Fault.EMBEDDED: _("PDF có tệp nhúng bên trong; xin gửi các tệp đó riêng"),
        Fault.ACTIVE_FORM: _(
            "PDF có biểu mẫu động hoặc nội dung đa phương tiện; xin in lại thành PDF đơn giản"
        ),
    }[fault]
