"""Pages of Thanh tra tỉnh: the reports that it alone reads."""

from flask import Blueprint

blueprint = Blueprint("inspectorate", __name__, url_prefix="/thanh-tra")

from feedback_app.web.inspectorate import index  # noqa: E402, F401
