"""Text in the two languages of the system, light enough for arithmetic that runs a million times."""

from typing import NamedTuple


class Text(NamedTuple):
    """The same sentence in Vietnamese and in English."""

    vi: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the English for any ``en…`` locale, else the Vietnamese; as the packs' LocalText does."""
        return self.en if language.lower().startswith("en") else self.vi


WEEKDAYS = (
    Text("thứ Hai", "Monday"),
    Text("thứ Ba", "Tuesday"),
    Text("thứ Tư", "Wednesday"),
    Text("thứ Năm", "Thursday"),
    Text("thứ Sáu", "Friday"),
    Text("thứ Bảy", "Saturday"),
    Text("Chủ nhật", "Sunday"),
)
