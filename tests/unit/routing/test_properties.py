"""What holds for any text whatever."""

import unicodedata
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from feedback_app.catalogue.packs import Directory, Kind, shipped
from feedback_app.routing.decide import route
from feedback_app.routing.matter import Matter

CATALOGUE = shipped()
DIRECTORY = Directory(CATALOGUE.agencies)
AGENCIES = [a.code for a in CATALOGUE.agencies.agencies]
WORDS = [
    "cán bộ",
    "đòi tiền",
    "hoàn thuế",
    "GPXD",
    "hồ sơ",
    "quá hẹn",
    "Nha Trang",
    "KCN",
    "?",
    "\n",
    "500k",
    "đất",
]

texts = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
days = st.dates(date(2024, 7, 9), date(2027, 12, 31))
matters = st.builds(
    Matter,
    kind=st.none() | st.sampled_from([k.value for k in Kind]),
    field=st.none() | st.sampled_from([f.code for f in CATALOGUE.fields.fields]),
    procedure=st.none() | st.sampled_from([p.code for p in CATALOGUE.fields.procedures]),
    area=st.none() | st.sampled_from([a.code for a in CATALOGUE.areas.areas]),
    text=texts,
    concerned=st.frozensets(st.sampled_from(AGENCIES), max_size=2),
)


@settings(max_examples=300, deadline=None)
@given(matters, days)
def test_three_distinct_living_agencies_none_of_them_concerned(matter: Matter, on: date) -> None:
    d = route(matter, CATALOGUE, on)
    codes = [c.agency.code for c in d.candidates]
    living = {agency.code for agency in DIRECTORY.active(on)}
    barred = frozenset().union(*(DIRECTORY.family(code) for code in matter.concerned))
    named = {*codes, d.lead.code, d.triage_by, *(a.code for a in d.coordinating)}
    assert len(set(codes)) == 3
    assert named <= living
    assert not named & barred
    assert codes[0] == d.lead.code
    scores = [c.score for c in d.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= s <= 1 for s in [*scores, d.confidence])


@settings(max_examples=100, deadline=None)
@given(matters, days)
def test_the_same_matter_is_decided_the_same_way_however_it_is_encoded(matter: Matter, on: date) -> None:
    first = route(matter, CATALOGUE, on)
    assert route(matter, CATALOGUE, on) == first
    for form in ("NFC", "NFD"):
        again = Matter(
            matter.kind, matter.field, matter.procedure, matter.area,
            unicodedata.normalize(form, matter.text), matter.concerned,
        )  # fmt: skip
        assert route(again, CATALOGUE, on).lead == first.lead
