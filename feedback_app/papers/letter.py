"""An official letter as plain data; how it is drawn is the drawers' business. Pure."""

from dataclasses import dataclass, field
from datetime import date

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS = "Nơi nhận:"
TO = "Kính gửi:"
BASIS = "Căn cứ:"

# Nghị định 30/2020/NĐ-CP, appendix I: A4, margins in millimetres, sizes in points
WIDTH, HEIGHT = 210, 297
TOP = BOTTOM = 20
LEFT, RIGHT = 30, 20
SIZE, SMALL, TINY = 14, 13, 11
INDENT = 12.7
WITH_ZERO = (1, 2)  # months that are written with two digits
PLACE = "Khánh Hòa"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What stands on a letter; a number that the register has not given stays a blank to be filled in by hand."""

    agency: str
    superior: str = ""
    number: str = ""
    subject: str = ""
    place: str = PLACE
    dated: date | None = None
    addressee: str = ""
    title: str = ""  # of a notice, which has a name instead of a subject
    paragraphs: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signer_title: str = ""
    signer: str = ""
    notes: tuple[str, ...] = field(default_factory=tuple)

    @property
    def number_line(self) -> str:
        return f"Số: {self.number or '……/……'}"

    @property
    def date_line(self) -> str:
        """Return place and date as the decree writes them: days and January, February with a leading zero."""
        if self.dated is None:
            return f"{self.place}, ngày …… tháng …… năm ……"
        month = f"{self.dated.month:02d}" if self.dated.month in WITH_ZERO else str(self.dated.month)
        return f"{self.place}, ngày {self.dated.day:02d} tháng {month} năm {self.dated.year}"
