"""THE list of blueprints."""

from flask import Flask


def register(app: Flask, *, debug_pages: bool) -> None:
    """Register the pages of every audience; the styleguide only where it is asked for."""
    from feedback_app.web import (
        admin,
        beyond,
        coordinating,
        dialogues,
        enterprise,
        follow,
        inbox,
        inspectorate,
        intake,
        leadership,
        library,
        meetings,
        monitor,
        officer,
        opendata,
        portal,
        programme,
        publishing,
        pulses,
        reconciliation,
        reports,
        statistics,
        wordings,
    )
    from feedback_app.web.inspectorate import calendar
    from feedback_app.web.pulses import register as pulse_register

    in_order = (
        portal,
        statistics,
        opendata,
        library,
        publishing,
        intake,
        follow,
        enterprise,
        officer,
        wordings,
        beyond,
        coordinating,
        pulses,
        reconciliation,
        reports,
        programme,
        dialogues,
        meetings,
        inbox,
        inspectorate,
        leadership,
        monitor,
        admin,
        calendar,
    )
    for pages in in_order:
        app.register_blueprint(pages.blueprint)
    app.register_blueprint(pulse_register)
    if debug_pages:
        from feedback_app.web.styleguide import styleguide

        app.register_blueprint(styleguide)
