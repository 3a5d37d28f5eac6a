"""The forms by which redaction finds things, for text without marks but with its capitals. Pure."""

import re
import unicodedata


def plain(text: str) -> str:
    """Return the text without diacritics, character for character; capitals stay."""
    return "".join(map(_base, text))


def _base(char: str) -> str:
    if char.isascii():
        return char
    if char in "đĐ":
        return "d" if char == "đ" else "D"
    base = unicodedata.normalize("NFD", char)[0]
    return base if len(base) == 1 else char


_CAP = r"(?:[A-Z][\w&'’.-]*|&|\d[\w.-]*)"  # a word of a name
_CAPS = rf"{_CAP}(?:[ \t]+(?:{_CAP}|va(?=[ \t]+[A-Z])))*"
_PLACE = r"(?:[A-Z][\w/-]*|\d[\w/.-]*)(?:[ \t]+[A-Z][a-zA-Z]*){0,4}"
_NUMBERED = r"[A-Z]{1,3} \d{4,}|[A-Z0-9][\w./-]*\d[\w./-]*|\d+"
_NUMERAL = r"(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|muoi|tram|ruoi|may|vai|chuc|linh|lam|tu|\d[\d.,]*)"
_MONEY = r"(?:ty|ti|trieu|tr|nghin|ngan|dong|vnd|usd|do la|k)"
_LEGAL = (
    r"(?:cong ty|tong cong ty|ctcp|cty|doanh nghiep tu nhan|dntn|hop tac xa|htx|ho kinh doanh|tap doan|xi nghiep|"
    r"chi nhanh|van phong dai dien|khach san|nha hang|resort|nha may|co so|trang trai|cua hang|sieu thi|truong)"
)
_FORM = (  # after the kind of enterprise: legal forms however written, trades in small letters; capitals are the name's
    r"(?:[ \t]+(?:(?i:tnhh|co phan|cp|tu nhan|hop danh|mtv|mot thanh vien|hai thanh vien|tm|dv|xd|tmdv|xnk)(?!\w)|"
    r"san xuat|che bien|thuong mai|dich vu|xay dung|dau tu|du lich|van tai|thuy san|hai san|nuoc mam|xuat nhap khau|"
    r"may mac|va|&|-|\d(?!\w)))*"
)
_STOP = (  # small words that end a name rather than stand in it
    r"(?:tai|do|o|va|cua|de|da|co|bi|duoc|la|xin|nop|gui|dang|phan|thue|so|theo|ve|nhan|moi|voi|cho|khi|vi|thi|se|ky|"
    r"nam|ben|goi|lien|cham|hoi|dat|nhung|chua|khong|tren|trong|thuoc|ap)"
)
_NAME = rf"{_CAPS}(?:(?:[ \t]+(?!{_STOP}\b)[a-z]+){{1,2}}[ \t]+{_CAPS}){{0,3}}"
_TITLE = (
    r"(?:ong|ba|anh|chi|co|chu|bac|em|giam doc|pho giam doc|tong giam doc|chu tich|truong phong|pho truong phong|"
    r"pho phong|ke toan truong|ke toan|can bo|chuyen vien|cong chuc|dong chi|d/c|luat su|nguoi dai dien|dai dien|"
    r"chu co so|chu ho|nguoi lien he|lien he|mr|mrs|ms)"
)
_TITLES = rf"(?:{_TITLE}(?:[ \t]*[/,][ \t]*|[ \t]+))*(?P<title>{_TITLE})"
ADDRESSED = {
    "ong": "ông",
    "ba": "bà",
    "anh": "anh",
    "chi": "chị",
    "co": "cô",
    "chu": "chú",
    "bac": "bác",
    "em": "em",
}
_PERSON = r"[A-Z][a-zA-Z]*(?:[ \t]+[A-Z][a-zA-Z]*){0,4}"
_NOT_A_NAME = (
    r"(?!So\b|UBND|Uy\b|Chi cuc|Cong\b|Cuc\b|Phong\b|Ban\b|Van phong|Thue\b|Rai\b|Ria\b|Doanh\b|Duoc\b)"
)
_AREA = (
    r"(?:duong|pho|hem|ngo|kiet|quoc lo|ql|tinh lo|huong lo|ap|thon|xa|phuong|thi tran|to dan pho|to|khu pho|"
    r"khu dan cu|kdc|khu do thi|kdt|khu cong nghiep|kcn|cum cong nghiep|ccn|huyen|thi xa|tx|thanh pho|tp|quan|dao|hon|"
    r"ban dao|cang|cho|bai|vinh|dam|toa nha|chung cu|lo|thua dat so|thua so|thua|to ban do so|lo dat so|km)"
)

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("email", re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")),
    ("email", re.compile(r"(?<!\w)(?:https?://|www\.)\S+|(?<!\w)(?:facebook|zalo)\.\S+", re.IGNORECASE)),
    ("phone", re.compile(r"(?<![\w])(?:\(?\+?84\)?|\(?0)(?:[ .\-()]{0,2}\d){8,10}(?!\d)")),
    ("tax_code", re.compile(r"(?<!\d)\d{10}(?:\s?-\s?\d{3})?(?!\d)|(?<!\d)\d{12,13}(?!\d)")),
    (
        "tax_code",
        re.compile(
            r"(?:mst|ma so thue|ma so doanh nghiep|msdn|cccd|cmnd|can cuoc(?: cong dan)?|ma so)"
            r"(?:[ \t]+(?:la|so|cua \w+))?[ \t]*[:\-]?[ \t]*(?P<own>\d[\d .\-]{7,16}\d)",
            re.IGNORECASE,
        ),
    ),
    ("code", re.compile(r"(?<!\w)[A-Z]{1,4}\d{0,3}(?:\.\d+)*-\d{4,8}-\d{2,8}(?!\w)")),
    ("code", re.compile(r"(?<!\w)\d{2,3}(?:\.\d{2,3})+(?:\.[A-Z]\d{1,3})?-\d{6}-\d{3,5}(?!\w)")),
    ("code", re.compile(r"(?<!\w)\d{2}[ -]?[A-Z]{1,2}\d?[ -]?\d{3}[. ]?\d{2}(?!\w)")),  # number plate
    ("code", re.compile(r"(?<!\w)[A-Z]{2}[ -]\d{4,6}[ -][A-Z]{2}(?!\w)")),  # a boat
    (
        "code",
        re.compile(
            r"(?i:ho so|bien nhan|phieu hen|giay hen|to khai|hop dong|hoa don|van don|giay phep|gpxd|giay chung nhan|"
            r"gcn|so do|cong van|van ban|thong bao|bien ban|don|ma tra cuu|ma phieu|phieu|ma du an|tai khoan|stk)"
            r"(?:(?:[ \t]+[a-z]+){0,4}[ \t]+(?i:so|ma))?(?i:[ \t]+(?:so|ma|hieu))*"
            rf"[ \t]*[:#]?[ \t]*(?P<own>{_NUMBERED})"
        ),
    ),
    (
        "amount",
        re.compile(
            rf"(?<![\w/-]){_NUMERAL}(?:[ \t]+{_NUMERAL})*[ \t]*{_MONEY}\b(?:[ \t]*(?:{_NUMERAL}[ \t]*)?{_MONEY}\b)*",
            re.IGNORECASE,
        ),
    ),
    (
        "amount",
        re.compile(
            r"(?<![\w.])\d{1,3}(?:[.,]\d{3})+[ \t]*(?:d|đ|VND|\$)(?!\w)|\$[ \t]?\d[\d.,]*", re.IGNORECASE
        ),
    ),
    ("enterprise", re.compile(rf"(?<!\w)(?i:{_LEGAL}){_FORM}[ \t]+[\"“'«]?(?P<own>{_NAME})[\"”'»]?")),
    ("person", re.compile(rf"(?<!\w)(?i:{_TITLES})\.?[ \t]*:?[ \t]+{_NOT_A_NAME}(?P<own>{_PERSON})")),
    ("place", re.compile(rf"(?<!\w)(?i:{_AREA})\.?[ \t]*(?P<own>{_PLACE})")),
    (
        "place",
        re.compile(
            r"(?<!\w)(?i:so nha|nha so|dia chi(?:[ \t]*:?[ \t]*so)?|tai so|so)[ \t]*:?[ \t]*"
            rf"(?P<own>\d+[A-Za-z]?(?:/\d+[A-Za-z]?)*[ \t,]+(?:(?i:duong|pho|hem)[ \t]+)?{_PLACE}"
            rf"(?:,[ \t]*(?:(?i:{_AREA})[ \t]+)?{_PLACE})*)"
        ),
    ),
    ("number", re.compile(r"(?<![\w/.-])\d(?:[ .\-]?\d){7,}(?![\w/])")),
)

_GIVEN = r"(?:[ \t]+[A-ZÀ-ỸĐ][\wÀ-ỹ]*){1,4}"
_FAMILY = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Đoàn|Lương|Trương|Mai|Đào|Trịnh|Lâm|"
    "Tạ|Châu|Lưu|Tô|Phùng|Quách|Thái|Từ|Hứa|Kiều|Văn|Vương|Nghiêm|Chu|Khổng|Tống|Giang|Âu|Ông Ích"
)
_FAMILY_PLAIN = (
    "Nguyen|Tran|Le|Pham|Hoang|Huynh|Phan|Vu|Vo|Dang|Bui|Ngo|Duong|Ly|Dinh|Doan|Luong|Truong|Trinh|Luu|Phung|"
    "Quach|Vuong"
)
_NO_NAME = (
    r"(?!Hồ Chí Minh|Lâm Đồng|Thái Bình|Thái Nguyên|Văn phòng|Châu Á|Châu Âu|Giang |Trương mục|"
    r"Ho Chi Minh|Lam Dong|Thai Binh)"
)
SURNAMES = re.compile(
    rf"(?<!\w){_NO_NAME}(?:(?:{_FAMILY}){_GIVEN}|(?:{_FAMILY.upper()})(?:[ \t]+[A-ZÀ-ỸĐ]{{2,}}){{1,4}})(?!\w)"
)
SURNAMES_PLAIN = re.compile(rf"(?<!\w){_NO_NAME}(?:{_FAMILY_PLAIN})(?:[ \t]+[A-Z][a-zA-Z]*){{1,4}}(?!\w)")
