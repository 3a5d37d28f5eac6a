"""THE list of blueprints."""

from flask import Flask


def register(app: Flask, *, debug_pages: bool) -> None:
    """Register the pages of every audience; the styleguide only where it is asked for."""
    from feedback_app.web.admin import blueprint as admin
    from feedback_app.web.beyond import blueprint as beyond
    from feedback_app.web.coordinating import blueprint as coordinating
    from feedback_app.web.dialogues import blueprint as dialogues
    from feedback_app.web.enterprise import blueprint as enterprise
    from feedback_app.web.follow import blueprint as follow
    from feedback_app.web.inbox import blueprint as inbox
    from feedback_app.web.inspectorate import blueprint as inspectorate
    from feedback_app.web.inspectorate.calendar import blueprint as calendar
    from feedback_app.web.intake import blueprint as intake
    from feedback_app.web.leadership import blueprint as leadership
    from feedback_app.web.library import blueprint as library
    from feedback_app.web.monitor import blueprint as monitor
    from feedback_app.web.meetings import blueprint as meetings
    from feedback_app.web.officer import blueprint as officer
    from feedback_app.web.opendata import blueprint as opendata
    from feedback_app.web.portal import blueprint as portal
    from feedback_app.web.programme import blueprint as programme
    from feedback_app.web.pulses import blueprint as pulses
    from feedback_app.web.pulses import register as pulse_register
    from feedback_app.web.publishing import blueprint as publishing
    from feedback_app.web.reconciliation import blueprint as reconciliation
    from feedback_app.web.reports import blueprint as reports
    from feedback_app.web.statistics import blueprint as statistics
    from feedback_app.web.wordings import blueprint as wordings

    app.register_blueprint(portal)
    app.register_blueprint(statistics)
    app.register_blueprint(opendata)
    app.register_blueprint(library)
    app.register_blueprint(publishing)
    app.register_blueprint(intake)
    app.register_blueprint(follow)
    app.register_blueprint(enterprise)
    app.register_blueprint(officer)
    app.register_blueprint(wordings)
    app.register_blueprint(beyond)
    app.register_blueprint(coordinating)
    app.register_blueprint(pulses)
    app.register_blueprint(pulse_register)
    app.register_blueprint(reconciliation)
    app.register_blueprint(reports)
    app.register_blueprint(programme)
    app.register_blueprint(dialogues)
    app.register_blueprint(meetings)
    app.register_blueprint(inbox)
    app.register_blueprint(inspectorate)
    app.register_blueprint(calendar)
    app.register_blueprint(leadership)
    app.register_blueprint(monitor)
    app.register_blueprint(admin)
    if debug_pages:
        from feedback_app.web.styleguide import styleguide

        app.register_blueprint(styleguide)
