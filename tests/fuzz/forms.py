"""The forms of real pages, found in their HTML: where they are sent and what can be filled in."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

TYPED = {"input", "select", "textarea", "button"}


@dataclass
class Form:
    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)  # by field: what a browser could send
    files: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        return f"{self.method} {self.action}"


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.found, self.links = path, [], {}
        self._form: Form | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self._link(given.get("href", ""))
        elif tag == "form":
            action = urljoin(self.path, given.get("action") or self.path)
            self._form = Form(action, given.get("method", "get").upper())
            self.found.append(self._form)
        elif self._form is not None:
            self._fill(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "select":
            self._select = ""

    def _fill(self, tag: str, given: dict[str, str]) -> None:
        assert self._form is not None
        name = given.get("name", "")
        if tag == "option" and self._select:
            self._form.values[self._select].append(given.get("value", ""))
        elif tag in TYPED and name:
            if given.get("type") == "file":
                self._form.files.add(name)
            self._form.values.setdefault(name, []).append(given.get("value", ""))
            self._select = name if tag == "select" else self._select

    def _link(self, href: str) -> None:
        """Remember which names an address of ours takes after the question mark."""
        parts = urlsplit(urljoin(self.path, href))
        if parts.query and not parts.netloc:
            values = self.links.setdefault(parts.path, {})
            for name, value in parse_qsl(parts.query):
                values.setdefault(name, []).append(value)


def forms_on(path: str, html: str) -> list[Form]:
    """Return the forms of a page, and one for each address with a query that it links to."""
    reader = _Reader(path)
    reader.feed(html)
    return [*reader.found, *(Form(to, "GET", values) for to, values in reader.links.items())]
