"""Reorganisations of invented agencies; the directory is put back afterwards."""

from datetime import date

import pytest
from sqlalchemy import delete, func, select

from feedback_app.catalogue import store
from feedback_app.catalogue.editing import agencies_version
from feedback_app.catalogue.models import Agency, PackVersion
from feedback_app.catalogue.packs.reorganisation import read_reorganisation
from feedback_app.core import clock
from feedback_app.core.db import db, unit_of_work
from feedback_app.reorganisation.finishing import finish
from feedback_app.reorganisation.services.applying import apply
from tests.conftest import _empty

SAMPLE = """
code: sap-xep-mau
title: Sắp xếp mẫu (dữ liệu thử)
on: {day}
confirmed: true
source: "Nghị quyết mẫu số 01, dữ liệu thử"
"""
INTO_NEW = """
new_agencies:
  - {code: so-mau, type: provincial, vi: "Sở Mẫu", en: "Sample Department"}
successions:
  - {from: so-ct, to: so-mau}
"""
SPLIT = """
successions:
  - {from: so-ct, to: so-tc}
  - {from: so-ct, to: so-xd, fields: [utilities]}
  - {from: so-ct, to: so-nnmt, areas: [kkt-van-phong]}
"""


def a_plan(body=INTO_NEW, day=None):
    """Return a reorganisation of so-ct on ``day``, by default today."""
    return read_reorganisation(SAMPLE.format(day=day or clock.today()) + body, "mau.yaml")


def applied(plan):
    """Apply the plan as the command does; return its row."""
    with unit_of_work() as session:
        row = apply(session, plan, seen_version=agencies_version(session), by_id=None, at=clock.now())
    finish(row.id)
    return row


@pytest.fixture(autouse=True)
def directory_put_back(app):
    last = db.session.scalar(select(func.max(PackVersion.id)))
    agencies = db.session.scalar(select(func.max(Agency.id)))
    yield
    db.session.remove()
    _empty()
    with unit_of_work() as session:
        session.execute(delete(PackVersion).where(PackVersion.id > last))
        session.execute(delete(Agency).where(Agency.id > agencies))
    store._kept.clear()


LONG_AGO = date(2024, 1, 1)
