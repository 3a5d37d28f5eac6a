"""Pages of the inspectorate."""
from flask import Blueprint
blueprint = Blueprint("inspectorate", __name__, url_prefix="/thanh-tra")
