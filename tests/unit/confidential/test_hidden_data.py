"""What files tell beside what they show is found, shown, and gone afterwards."""

import io
import zipfile

import docx
import pikepdf
import pytest
from PIL import Image, PngImagePlugin

from feedback_app.confidential import hidden_data
from feedback_app.confidential.errors import NotStrippable, Refused
from feedback_app.confidential.hidden_data import by_media_type, kind_of, shown_name

SECRET = "Nguyen Van Bi Mat"


def photo(format_="JPEG", **options) -> bytes:
    picture = Image.new("RGB", (64, 40), (200, 30, 30))
    for x in range(64):
        picture.putpixel((x, x % 40), (x, 255 - x, 9))
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x013B] = "Maker", "Phone 9", SECRET
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (12.0, 14.0, 1.0)
    target = io.BytesIO()
    picture.save(target, format_, exif=exif, **options)
    return target.getvalue()


def taken(content, name):
    kind = kind_of(content[:4096], name)
    findings = hidden_data.found(io.BytesIO(content), kind)
    return {found.kind for found in findings}, hidden_data.stripped(io.BytesIO(content), kind).read()


@pytest.mark.parametrize(
    "format_,name,options",
    [
        ("JPEG", "a.jpg", {}),
        ("JPEG", "a.jpg", {"progressive": True}),
        ("PNG", "a.png", {}),
        ("WEBP", "a.webp", {}),
    ],
)
def test_a_photo_keeps_its_pixels_and_nothing_else(format_, name, options):
    content = photo(format_, **options)
    found, clean = taken(content, name)
    assert {"place", "device", "author"} <= found
    assert SECRET.encode() not in clean
    assert b"Phone 9" not in clean
    with Image.open(io.BytesIO(content)) as before, Image.open(io.BytesIO(clean)) as after:
        assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()
        assert not after.getexif().get_ifd(0x8825)
        if format_ == "JPEG":
            assert after.getexif()[0x0112] == 6, "which side is up"


def test_what_stands_behind_the_end_of_a_photo_goes():
    content = photo() + b"PK\x03\x04 behind " + SECRET.encode()
    assert SECRET.encode() not in taken(content, "a.jpg")[1]


def test_words_in_a_png_go():
    info, target = PngImagePlugin.PngInfo(), io.BytesIO()
    info.add_text("Author", SECRET)
    Image.new("L", (4, 4)).save(target, "PNG", pnginfo=info)
    found, clean = taken(target.getvalue(), "a.png")
    assert found == {"comments"}
    assert SECRET.encode() not in clean


def test_a_letter_loses_its_authors():
    document, target = docx.Document(), io.BytesIO()
    document.core_properties.author = SECRET
    document.add_paragraph("Kính gửi")
    document.add_picture(io.BytesIO(photo()))
    document.save(target)
    found, clean = taken(target.getvalue(), "thư.docx")
    assert {"author", "place"} <= found
    with zipfile.ZipFile(io.BytesIO(clean)) as package:
        assert not [entry.filename for entry in package.infolist() if SECRET.encode() in package.read(entry)]
    assert docx.Document(io.BytesIO(clean)).paragraphs[0].text == "Kính gửi"


def test_a_pdf_loses_author_and_metadata():
    target = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.docinfo["/Author"] = SECRET
        with document.open_metadata() as metadata:
            metadata["dc:creator"] = [SECRET]
        document.save(target)
    found, clean = taken(target.getvalue(), "a.pdf")
    assert {"author", "other"} <= found
    assert SECRET.encode() not in clean
    with pikepdf.open(io.BytesIO(clean)) as document:
        assert len(document.pages) == 1
        assert "/Metadata" not in document.Root


def test_a_recording_cannot_be_cleaned_and_says_so():
    kind = kind_of(b"ID3\x04" + bytes(50), "a.mp3")
    assert [found.kind for found in hidden_data.found(io.BytesIO(b""), kind)] == ["other"]
    with pytest.raises(NotStrippable):
        hidden_data.stripped(io.BytesIO(b""), kind)


@pytest.mark.parametrize(
    "content,media_type",
    [
        (b"\xff\xd8\xff\xe0\0\x10", "image/jpeg"),
        (b"%PDF-1.7", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
    ],
)
def test_a_broken_file_is_refused(content, media_type):
    with pytest.raises(Refused):
        hidden_data.stripped(io.BytesIO(content), by_media_type(media_type))


@pytest.mark.parametrize(
    "head,name,suffix",
    [
        (b"\xff\xd8\xff", "x.exe", ".jpg"),
        (b"RIFF1234WEBP", "x", ".webp"),
        (b"\0\0\0\x18ftypM4A ", "x", ".m4a"),
        (b"\0\0\0\x18ftypisom", "x.mp4", ".mp4"),
        (b"PK\x03\x04", "x.xlsx", ".xlsx"),
        ("chữ".encode(), "x.csv", ".txt"),
        (b"PK\x03\x04", "x.zip", None),
        (b"MZ", "x.txt.exe", None),
        (b"a\0b", "x.txt", None),
        (b"\xff\xfe\xfd" * 20, "x.txt", None),
    ],
)
def test_a_file_is_known_by_its_content(head, name, suffix):
    kind = kind_of(head, name)
    assert (kind.suffix if kind else None) == suffix


def test_a_name_is_shown_without_its_path_and_tricks():
    kind = by_media_type("image/jpeg")
    assert shown_name("C:\\Users\\Tên Tôi\\ảnh\u202egpj.exe", kind) == "ảnhgpj.jpg"
    assert shown_name("", kind) == "tep.jpg"
