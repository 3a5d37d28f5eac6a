"""The base of all forms: a field gets what it can hold, whatever a request puts under its name."""

from typing import Any

from flask import request
from flask_wtf import FlaskForm as _FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import FileField, Form, MultipleFileField

SUBMITTING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class FlaskForm(_FlaskForm):
    """A form that reads files into fields for files only, and text into all others only."""

    class Meta(_FlaskForm.Meta):
        def wrap_formdata(self, form: Form, formdata: Any) -> Any:
            """Return what was sent; a file under the name of a text field is as if it had not been sent."""
            if formdata is None or isinstance(formdata, MultiDict):
                return formdata
            if request.method not in SUBMITTING:
                return None
            for_files = {field.name for field in form if isinstance(field, FileField | MultipleFileField)}
            sent = [(name, text) for name, text in request.form.items(multi=True) if name not in for_files]
            files = [(name, file) for name, file in request.files.items(multi=True) if name in for_files]
            return MultiDict([*sent, *files])
