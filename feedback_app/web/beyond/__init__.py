"""Pages of what outgrows one ticket: the policy backlog, commitments, ministries, clusters, projects."""

from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import lazy_gettext as _l

blueprint = Blueprint("beyond", __name__, url_prefix="/viec-theo-doi")

SECTIONS: dict[str, tuple[Any, frozenset[str]]] = {
    "beyond.backlog": (_l("Chờ sửa quy định"), frozenset({"beyond.proposal"})),
    "beyond.promises": (_l("Cam kết"), frozenset()),
    "beyond.ministries": (_l("Tại bộ, ngành"), frozenset()),
    "beyond.projects": (_l("Hồ sơ dự án"), frozenset({"beyond.project"})),
    "beyond.clusters": (
        _l("Nhóm cùng vướng mắc"),
        frozenset(
            {"beyond.cluster", "beyond.answer_cluster", "beyond.approve_cluster", "beyond.issue_cluster"}
        ),
    ),
}


@blueprint.context_processor
def sections() -> dict[str, Any]:
    """Return the tabs that every page shows."""
    tabs = [
        {
            "label": label,
            "count": None,
            "href": url_for(page),
            "active": request.endpoint == page or request.endpoint in below,
        }
        for page, (label, below) in SECTIONS.items()
    ]
    return {"tabs": tabs}


from feedback_app.web.beyond import backlog, clusters, common_answer, projects, promises  # noqa: E402, F401
