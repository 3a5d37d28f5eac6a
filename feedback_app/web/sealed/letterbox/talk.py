"""Where a reporter stands in the conversation: carried by the page, like a draft."""

from dataclasses import dataclass, replace
from typing import Any, Self

from feedback_app.confidential.errors import Tampered
from feedback_app.confidential.uploads import Upload

SHOW = "show"


@dataclass(frozen=True)
class Talk:
    """The code, the screen, and an answer that is being written with its waiting files."""

    code: str
    at: str = SHOW
    text: str = ""
    files: tuple[dict[str, Any], ...] = ()

    @classmethod
    def of(cls, values: dict[str, Any]) -> Self:
        """Return what the page carried. Raises Tampered."""
        try:
            return cls(str(values["code"]), str(values["at"]), str(values["text"]), tuple(values["files"]))
        except (KeyError, TypeError):
            raise Tampered("talk") from None

    def packed(self) -> dict[str, Any]:
        return {"code": self.code, "at": self.at, "text": self.text, "files": list(self.files)}

    def but(self, **changes: Any) -> Self:
        return replace(self, **changes)

    @property
    def uploads(self) -> tuple[Upload, ...]:
        return tuple(Upload.unpack(plain) for plain in self.files)
