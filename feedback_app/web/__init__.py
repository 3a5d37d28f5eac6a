"""Pages, one folder per audience; thin views over services and queries."""

from flask import Flask


def init_app(app: Flask, *, debug_pages: bool) -> None:
    """Register every page, the gate before them and the error pages behind them."""
    from feedback_app.web import assets, errors, gate, identity, navigation, numbers, views

    numbers.init_app(app)
    assets.init_app(app)
    identity.init_app(app)
    gate.init_app(app)
    errors.init_app(app)
    navigation.init_app(app)
    views.register(app, debug_pages=debug_pages)
