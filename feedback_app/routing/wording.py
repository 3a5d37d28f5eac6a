"""The reason of a decision, as people read it on the ticket."""

from dataclasses import dataclass

from feedback_app.catalogue.packs import Catalogue, LocalText
from feedback_app.catalogue.packs.routing import Rule, Source

_QUOTED = 3
NAMED = LocalText(vi="vì nội dung nhắc đến cơ quan này", en="because the text mentions this agency")
STAND_IN = LocalText(
    vi="cơ quan nhận thay khi không có gì khác nói đến; chỉ để tham khảo",
    en="stands in where nothing else speaks for an agency; for reference only",
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the reason mentions: the author's words, the field, whether another body stands in.

    ``alike`` tells that no phrase was found and the field was read from the resemblance to other texts.
    """

    phrases: tuple[str, ...]
    field: str
    moved: bool
    alike: bool = False


def reason(rule: Rule, facts: Facts, catalogue: Catalogue) -> LocalText:
    """One sentence, in both languages, saying why this agency; the source is named in brackets."""
    field = next(f.name for f in catalogue.fields.fields if f.code == facts.field)
    return LocalText(vi=_vietnamese(rule, facts, _bare(field.vi)), en=_english(rule, facts, field.en))


def helping(rule: Rule, field: str, catalogue: Catalogue) -> LocalText:
    """Why an agency comes to mind that the rule of ``field`` asks to coordinate."""
    name = catalogue.fields.field(field).name
    return LocalText(
        vi=f"vì là cơ quan phối hợp trong lĩnh vực {_bare(name.vi)} ({_source_vi(rule.source)})",
        en=f"because it coordinates in the field {name.en} ({_source_en(rule.source)})",
    )


def _vietnamese(rule: Rule, facts: Facts, field: str) -> str:
    quoted = ", ".join(f"“{phrase}”" for phrase in dict.fromkeys(facts.phrases[:_QUOTED]))
    unquoted = (
        f"vì nội dung tương tự các phản ánh về lĩnh vực {field}" if facts.alike else f"vì lĩnh vực {field}"
    )
    seen = f"vì nội dung nhắc đến {quoted}, thuộc lĩnh vực {field}" if quoted else unquoted
    away = "; cơ quan theo quy tắc được nêu trong phản ánh nên cơ quan khác tiếp nhận" if facts.moved else ""
    return f"{seen}; {rule.reason.vi} ({_source_vi(rule.source)}){away}"


def _english(rule: Rule, facts: Facts, field: str) -> str:
    quoted = ", ".join(f"“{phrase}”" for phrase in dict.fromkeys(facts.phrases[:_QUOTED]))
    alike = f"because the text resembles filings in the field {field}"
    unquoted = alike if facts.alike else f"because of the field {field}"
    seen = f"because the text mentions {quoted}, in the field {field}" if quoted else unquoted
    away = "; the agency named by the rule is concerned, so another body receives it" if facts.moved else ""
    return f"{seen}; {rule.reason.en} ({_source_en(rule.source)}){away}"


def _bare(name: str) -> str:
    """Return the name of a field as it stands after the words "lĩnh vực"."""
    return name.removeprefix("Lĩnh vực ")


def _source_vi(source: Source) -> str:
    if source.task is not None:
        return f"nhiệm vụ {source.task}, Quyết định 1814/QĐ-UBND năm 2024"
    return f"giả định của hệ thống: {source.assumption}"


def _source_en(source: Source) -> str:
    if source.task is not None:
        return f"task {source.task}, Decision 1814/QĐ-UBND of 2024"
    return "an assumption of the system, not yet checked against a text"
