"""A public table by the agencies of today shows nothing that the table of the period hides."""

from datetime import date
from types import SimpleNamespace

import pytest

from feedback_app.catalogue import packs
from feedback_app.web.presenting import structures
from feedback_app.web.presenting.public_tables import Row, Table, Tables
from feedback_app.web.presenting.structures import heirs_of, in_present

TODAY = date(2026, 11, 24)
CATALOGUE = packs.shipped()
AGENCIES = {agency.code: agency for agency in CATALOGUE.agencies.agencies}
LOADED = SimpleNamespace(catalogue=CATALOGUE, agency_ids=dict.fromkeys(AGENCIES, 1))


@pytest.fixture(autouse=True)
def names_as_codes(monkeypatch):
    monkeypatch.setattr(structures, "agency_name", lambda _loaded, code, _on: code)


def shown(**received):
    rows = [Row(code.replace("_", "-"), code, {"received": n}, 3.0, 5.0) for code, n in received.items()]
    total = Row("", "Toàn tỉnh", {"received": 99}, None, None)
    table = Table(rows, total)
    found = in_present(Tables(table, table, {}, {}), LOADED, TODAY).by_agency
    return {row.code: row.counts["received"] for row in found.rows}


def test_the_old_agency_s_number_is_added_to_its_heir_s():
    assert shown(so_khdt=20, so_tc=7, so_xd=9) == {"so-tc": 27, "so-xd": 9}


def test_a_sum_with_a_hidden_number_is_hidden():
    assert shown(so_khdt=20, so_tc=None) == {"so-tc": None}


def test_the_heirs_of_a_split_are_hidden_whatever_they_had():
    assert shown(so_ldtbxh=30, so_nv=12, so_xd=9) == {
        "so-nv": None, "so-xd": 9, "so-gddt": None, "so-yt": None,
    }  # fmt: skip


def test_whoever_nobody_went_on_for_stays_as_it_was():
    assert heirs_of("nha-trang", AGENCIES, TODAY) == {"nha-trang"}
    assert shown(nha_trang=8) == {"nha-trang": 8}
