"""What the columns of a recorded event mean."""

from datetime import date

from feedback_app.deadlines.events import ClockEvent, EventKind, first_kind
from feedback_app.deadlines.recorded import LONGEST_NOTE, asked, event_of, reclassified
from feedback_app.deadlines.wording import Text

DAY = date(2026, 3, 5)


def test_a_pause_says_for_whom_and_for_what_it_waits_in_the_reader_s_language():
    note = asked("enterprise", "Bản vẽ\n  mặt bằng")
    assert event_of("pause", DAY, None, note).note == Text(
        "chờ doanh nghiệp bổ sung: Bản vẽ mặt bằng", "waiting for the enterprise to send: Bản vẽ mặt bằng"
    )


def test_a_long_list_is_cut_at_a_word():
    note = asked("ministry", "văn bản " * 100)
    assert len(note) <= LONGEST_NOTE + len("ministry: ")
    assert note.endswith(("văn bản…", "văn…"))


def test_other_notes_stand_as_they_were_written():
    assert event_of("extend", DAY, 13, "Giám đốc sở: đồng ý").note == Text(*["Giám đốc sở: đồng ý"] * 2)
    assert event_of("pause", DAY, None, "").note is None


def test_a_change_of_kind_remembers_the_kind_before_and_the_new_unit():
    event = event_of("reclassify", DAY, 30, reclassified("obstacle", "calendar_days"))
    assert event == ClockEvent(EventKind.RECLASSIFY, DAY, 30, unit="calendar_days", was="obstacle")
    later = event_of("reclassify", date(2026, 3, 9), 3, reclassified("informal_cost", "working_days"))
    assert first_kind([later, event], "overdue_dossier") == "obstacle"
    assert first_kind([], "overdue_dossier") == "overdue_dossier"
