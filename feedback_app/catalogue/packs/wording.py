"""pydantic's complaints, told in Vietnamese to the person who edits the pack."""

import textwrap
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from feedback_app.catalogue.packs.errors import Loc

_EXPECTED = {
    "date_from_datetime_parsing": "ngày dạng YYYY-MM-DD",
    "date_parsing": "ngày dạng YYYY-MM-DD",
    "date_type": "ngày dạng YYYY-MM-DD",
    "date_from_datetime_inexact": "ngày dạng YYYY-MM-DD",
    "bool_parsing": "true hoặc false",
    "bool_type": "true hoặc false",
    "int_parsing": "số nguyên",
    "int_type": "số nguyên",
    "int_from_float": "số nguyên",
    "float_parsing": "số",
    "float_type": "số",
    "string_type": "một chuỗi chữ",
    "string_too_short": "một chuỗi không rỗng",
    "tuple_type": "một danh sách",
    "too_short": "danh sách không rỗng",
    "model_type": "một nhóm thuộc tính",
    "dict_type": "một nhóm thuộc tính",
}
_BOUNDS = {"greater_than": "gt", "greater_than_equal": "ge", "less_than": "lt", "less_than_equal": "le"}
_SIGNS = {"gt": "lớn hơn", "ge": "không nhỏ hơn", "lt": "nhỏ hơn", "le": "không lớn hơn"}


def told(error: ErrorDetails, shape: type[BaseModel]) -> tuple[str, str | None]:
    """Return what is wrong, and what is expected instead where that can be said."""
    kind, context, loc = error["type"], error.get("ctx", {}), error["loc"]
    key = next((token for token in reversed(loc) if isinstance(token, str)), "nội dung")
    if kind == "extra_forbidden":
        allowed = ", ".join(_shape_at(shape, loc[:-1]).model_fields)
        return f"'{key}' không phải là thuộc tính được phép", f"một trong: {allowed}"
    if kind == "missing":
        return f"thiếu '{key}'", f"đủ các thuộc tính bắt buộc: {_required(_shape_at(shape, loc[:-1]))}"
    if kind == "value_error":
        return str(context["error"]), None
    return f"'{key}' có giá trị không hợp lệ ({_short(error['input'])})", _expected(
        kind, context, error["msg"]
    )


def _expected(kind: str, context: dict[str, Any], message: str) -> str:
    if kind in {"enum", "literal_error"}:
        return "một trong: " + str(context["expected"]).replace("'", "").replace(" or ", ", ")
    if kind == "string_pattern_mismatch":
        return f"chuỗi theo mẫu {context['pattern']}"
    if kind in _BOUNDS:
        bound = _BOUNDS[kind]
        return f"số {_SIGNS[bound]} {context[bound]}"
    return _EXPECTED.get(kind, message)


def _shape_at(shape: type[BaseModel], loc: Loc) -> type[BaseModel]:
    """Return the innermost shape on the way to ``loc``."""
    for token in loc:
        field = shape.model_fields.get(token) if isinstance(token, str) else None
        shape = (_inner(field.annotation) if field else None) or shape
    return shape


def _inner(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for argument in get_args(annotation) if (found := _inner(argument))), None)


def _required(shape: type[BaseModel]) -> str:
    return ", ".join(name for name, field in shape.model_fields.items() if field.is_required())


def _short(value: object) -> str:
    return textwrap.shorten(str(value), width=60, placeholder="…")
