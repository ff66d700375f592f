from datetime import date

import pytest

from courses.media.actions import store
from courses.media.models import Media
from courses.models import SessionMinutes, SessionToDo
from courses.session_papers import actions
from courses.session_papers.actions import (
    ASKED_WITHIN,
    Paper,
    ToDo,
    add_material,
    ask_feedback_due,
    remove_material,
    save_minutes,
    tell_who_was_there,
    tick,
)
from courses.session_papers.models import When
from tests.courses.attendance.conftest import MINUTE, refused
from tests.courses.media import samples
from tests.courses.media.samples import upload
from tests.factories.planning import HOUR, NINE
from trainingsite.notices.models import Notice

LATER = NINE + 2 * HOUR
LINK = "https://example.com/slides"


@pytest.fixture
def pdf(db):
    return store(upload(samples.png(), "流程图.png"), by=None)


def told(kind):
    return sorted(Notice.objects.filter(kind=kind).values_list("person__name", flat=True))


def test_material_is_a_file_or_a_link_and_named_by_it(session, teacher, pdf):
    file = add_material(session, title=" ", media=pdf, by=teacher)
    link = add_material(session, title="幻灯片", url=LINK, when=When.AFTER, by=teacher)

    shown = [(each.title, each.media, each.url, each.when) for each in session.materials.for_guests()]
    assert shown == [("流程图.png", pdf, "", "before"), ("幻灯片", None, LINK, "after")]
    assert (file.position, link.position) == (1, 2)


def test_same_material_again_is_the_one_that_is_there(session, teacher):
    first = add_material(session, title="幻灯片", url=LINK, by=teacher)

    assert add_material(session, title="另一个名字", url=LINK, by=teacher) == first
    assert add_material(session, title="", url=LINK, when=When.AFTER, by=teacher) != first


@pytest.mark.parametrize("both", [True, False])
def test_material_of_nothing_or_of_both_is_refused(session, teacher, pdf, both):
    with refused("nothing_added"):
        add_material(session, title="", media=pdf if both else None, url=LINK if both else "", by=teacher)


def test_session_has_so_many_materials_at_most(session, teacher, monkeypatch):
    monkeypatch.setattr(actions, "MOST_MATERIALS", 1)
    add_material(session, title="", url=LINK, by=teacher)

    with refused("too_many"):
        add_material(session, title="", url=f"{LINK}/2", by=teacher)


def test_removed_material_leaves_the_file_in_the_library(session, teacher, pdf):
    material = add_material(session, title="", media=pdf, by=teacher)

    for _twice in range(2):
        remove_material(material, by=teacher)

    assert (session.materials.count(), Media.objects.count()) == (0, 1)


def test_minutes_hold_decisions_and_who_is_to_do_what(session, teacher, there):
    person = there(name="王小明")
    todos = [ToDo("整理话术", person.pk, date(2026, 12, 8)), ToDo("更新知识库")]

    save_minutes(session, Paper("# 复盘", "- 统一话术", todos=todos), by=teacher, at=LATER)

    minutes = session.minutes_kept
    assert (minutes.text, minutes.decisions, minutes.written_by) == ("# 复盘", "- 统一话术", teacher)
    assert list(session.todos.values_list("text", "person", "due_on")) == [
        ("整理话术", person.pk, date(2026, 12, 8)),
        ("更新知识库", None, None),
    ]
    assert told("session_todo") == ["王小明"]


def test_minutes_saved_again_keep_what_is_done_and_tell_nobody_twice(session, teacher, there):
    person = there(name="王小明")
    paper = Paper("复盘", todos=[ToDo("整理话术", person.pk), ToDo("过时的")])
    save_minutes(session, paper, by=teacher, at=LATER)
    tick(session.todos.get(text="整理话术"), done=True, at=LATER)

    save_minutes(session, Paper("复盘 2", todos=[ToDo("整理话术", person.pk)]), by=teacher, at=LATER)

    assert list(session.todos.values_list("text", "done_at")) == [("整理话术", LATER)]
    assert (SessionMinutes.objects.get().text, told("session_todo")) == ("复盘 2", ["王小明"])


def test_minutes_are_refused_before_it_begins_when_cancelled_and_with_two_recordings(session, teacher, pdf):
    with refused("session_not_begun"):
        save_minutes(session, Paper("x"), by=teacher, at=NINE - MINUTE)
    with refused("two_recordings"):
        save_minutes(session, Paper("x", recording=pdf, recording_url=LINK), by=teacher, at=LATER)
    session.cancelled_at = NINE
    session.save()
    with refused("session_cancelled"):
        save_minutes(session, Paper("x"), by=teacher, at=LATER)

    assert not SessionMinutes.objects.exists()


def test_those_who_were_there_are_told_once(session, teacher, there, seat):
    there(name="王小明")
    seat(name="缺席")
    with refused("nothing_there"):
        tell_who_was_there(session, by=teacher, at=LATER)
    save_minutes(session, Paper("复盘"), by=teacher, at=LATER)

    assert [tell_who_was_there(session, by=teacher, at=LATER) for _twice in range(2)] == [1, 0]

    there(name="后来补签")
    save_minutes(session, Paper("复盘 2"), by=teacher, at=LATER)
    assert tell_who_was_there(session, by=teacher, at=LATER + HOUR) == 0
    assert (told("session_papers"), session.minutes_kept.told_at) == (["王小明"], LATER)


def test_material_for_afterwards_is_enough_to_tell(session, teacher, there):
    there(name="王小明")
    add_material(session, title="", url=LINK, when=When.AFTER, by=teacher)

    assert tell_who_was_there(session, by=teacher, at=LATER) == 1


def test_nobody_is_told_before_the_end_or_when_nobody_is_noted(session, teacher, seat):
    seat()
    save_minutes(session, Paper("复盘"), by=teacher, at=NINE + MINUTE)

    with refused("session_not_over"):
        tell_who_was_there(session, by=teacher, at=NINE + MINUTE)
    with refused("nobody_there"):
        tell_who_was_there(session, by=teacher, at=LATER)


def test_tick_and_its_undoing_are_safe_to_repeat(session):
    todo = SessionToDo.objects.create(session=session, text="整理话术")

    ticks = [tick(todo, done=done, at=LATER + n * HOUR).done_at for n, done in enumerate((True, True, False, False))]

    assert ticks == [LATER, LATER, None, None]


@pytest.fixture
def asking(session):
    session.feedback = "test"
    session.save()
    return session


def test_feedback_is_asked_once_of_those_who_were_there(asking, asked, there, seat):
    person = there()
    seat(noted_by="roster")

    assert [ask_feedback_due(at=moment) for moment in (NINE + HOUR - MINUTE, LATER, LATER)] == [0, 1, 0]

    asking.refresh_from_db()
    assert (asked, asking.feedback_sent_at) == ([(asking, [person.pk], LATER)], LATER)


def test_feedback_waits_a_day_for_the_roster(asking, asked, there, seat):
    person = there()
    seat()

    assert [ask_feedback_due(at=LATER), ask_feedback_due(at=LATER + 24 * HOUR)] == [0, 1]
    assert asked[0][1] == [person.pk]


def test_nobody_there_leaves_it_open_until_a_week_has_passed(asking, asked, seat, there):
    seat(noted_by="roster")
    assert ask_feedback_due(at=LATER) == 0
    asking.refresh_from_db()
    assert asking.feedback_sent_at is None
    there()

    assert ask_feedback_due(at=NINE + HOUR + ASKED_WITHIN) == 0
    assert ask_feedback_due(at=NINE + ASKED_WITHIN) == 1


@pytest.mark.parametrize("changed", [{"cancelled_at": NINE}, {"feedback": ""}, {"feedback": "gone"}])
def test_no_feedback_of_cancelled_sessions_and_those_that_ask_none(asking, asked, there, changed):
    there()
    for name, value in changed.items():
        setattr(asking, name, value)
    asking.save()

    assert (ask_feedback_due(at=LATER), asked) == (0, [])
