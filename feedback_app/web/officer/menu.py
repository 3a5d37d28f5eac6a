"""What a person can do with a ticket now, in the order in which people look for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from feedback_app.tickets.labels import ACTS
from feedback_app.tickets.lifecycle import Act


@dataclass(frozen=True, slots=True)
class Item:
    """One act: where it is asked for, or (``posts``) done at once."""

    act: Act
    label: str
    href: str
    icon: str
    posts: bool = False
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Acts that belong together; the first group stands open."""

    label: str
    items: list[Item]


# act: endpoint, icon. An act without a page of its own (reading, or done beside a file) is not listed.
PAGES: dict[Act, tuple[str, str]] = {
    Act.ACCEPT: ("officer.accept", "check"),
    Act.ANSWER: ("officer.answer", "send"),
    Act.APOLOGISE: ("officer.apologise", "chat"),
    Act.APPROVE: ("officer.approve", "stamp"),
    Act.ASK: ("officer.ask", "pause"),
    Act.ASSIGN: ("officer.assign", "next"),
    Act.ASK_CONSENT: ("officer.ask_consent", "eye"),
    Act.ASK_OPINION: ("officer.ask_opinion", "chat"),
    Act.CLUSTER: ("officer.cluster", "copy"),
    Act.DECIDE_REQUEST: ("officer.decide_request", "stamp"),
    Act.DELEGATE: ("officer.delegate", "user"),
    Act.DIRECT: ("officer.direct", "flag"),
    Act.DRAFT: ("officer.draft", "file"),
    Act.EXTEND: ("officer.extend", "clock"),
    Act.GIVE_OPINION: ("officer.give_opinion", "chat"),
    Act.ISSUE: ("officer.issue", "send"),
    Act.MINISTRY_REPLIED: ("officer.ministry_replied", "chat"),
    Act.NOTE: ("officer.note", "lock"),
    Act.OBJECT: ("officer.object_assignment", "alert"),
    Act.PETITION: ("officer.petition", "next"),
    Act.PROJECT: ("officer.project", "copy"),
    Act.PROMISE: ("officer.promise", "flag"),
    Act.PROPOSE_CHANGE: ("officer.propose_change", "clock"),
    Act.RECLASSIFY: ("officer.reclassify", "clock"),
    Act.RECOGNISE: ("officer.recognise", "copy"),
    Act.RECUSE: ("officer.recuse", "user"),
    Act.REDIRECT: ("officer.redirect_elsewhere", "next"),
    Act.REJECT: ("officer.reject", "close"),
    Act.REPORT_UP: ("officer.report_up", "next"),
    Act.RETURN: ("officer.return_wrong", "back"),
    Act.SETTLE: ("officer.settle", "stamp"),
    Act.WATCH: ("officer.watch", "eye"),
}
POSTS = frozenset({Act.ACCEPT})
# one letter for what is done all day; listed on the page of keys
KEYS: dict[Act, str] = {
    Act.ACCEPT: "a",
    Act.NOTE: "n",
    Act.ANSWER: "r",
    Act.DRAFT: "d",
    Act.ASK: "h",
    Act.ASK_OPINION: "y",
    Act.ASSIGN: "g",
    Act.DELEGATE: "p",
    Act.RETURN: "t",
    Act.EXTEND: "e",
    Act.APPROVE: "v",
    Act.ISSUE: "i",
}

GROUPS: tuple[tuple[Any, tuple[Act, ...]], ...] = (
    (
        _l("Việc tiếp theo"),
        (
            Act.ACCEPT,
            Act.DECIDE_REQUEST,
            Act.APPROVE,
            Act.ISSUE,
            Act.GIVE_OPINION,
            Act.SETTLE,
            Act.DIRECT,
            Act.MINISTRY_REPLIED,
            Act.ANSWER,
            Act.DRAFT,
            Act.ASSIGN,
            Act.ASK,
            Act.NOTE,
        ),
    ),
    (
        _l("Phối hợp, giao việc"),
        (Act.ASK_OPINION, Act.DELEGATE, Act.RETURN, Act.OBJECT, Act.RECUSE, Act.ASK_CONSENT),
    ),
    (_l("Thời hạn"), (Act.EXTEND, Act.APOLOGISE, Act.PROMISE, Act.RECLASSIFY)),
    (_l("Kết thúc cách khác"), (Act.REJECT, Act.REDIRECT, Act.PROPOSE_CHANGE)),
    (_l("Lên cấp trên"), (Act.REPORT_UP, Act.PETITION, Act.WATCH)),
    (_l("Liên kết"), (Act.CLUSTER, Act.PROJECT, Act.RECOGNISE)),
)


def menu(code: str, acts: Iterable[Act]) -> list[Group]:
    """Return the groups that hold an act of ``acts`` with a page, for the ticket ``code``."""
    open_now = frozenset(acts)
    groups = (
        Group(str(label), [_item(code, act) for act in listed if act in open_now and act in PAGES])
        for label, listed in GROUPS
    )
    return [group for group in groups if group.items]


def _item(code: str, act: Act) -> Item:
    endpoint, icon = PAGES[act]
    return Item(act, str(ACTS[act]), url_for(endpoint, code=code), icon, act in POSTS, KEYS.get(act))
