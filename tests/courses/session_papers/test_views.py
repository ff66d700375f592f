import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.media.actions import media_url, store
from courses.models import SessionMaterial, SessionMinutes, SessionToDo
from courses.session_papers.actions import Paper, add_material, save_minutes
from courses.session_papers.models import When
from courses.session_papers.shown import feedback, papers
from tests.courses.media import samples
from tests.courses.media.samples import upload
from tests.factories.planning import HOUR, NINE
from trainingsite.core import clock
from trainingsite.notices.models import Notice

LATER = NINE + 2 * HOUR
LINK = "https://example.com/slides"
LINES = {"todo-TOTAL_FORMS": "2", "todo-INITIAL_FORMS": "0"}


@pytest.fixture
def eleven():
    with clock.frozen(LATER):
        yield


def titles(found):
    return [material.title for _label, rows in found["groups"] for material, _address in rows] if found else None


def test_who_has_a_seat_sees_materials_and_those_for_afterwards_at_the_end(session, teacher, seat, hire):
    person, waiting, stranger = seat().person, seat(waiting_since=NINE).person, hire()
    add_material(session, title="预习", url=LINK, by=teacher)
    add_material(session, title="讲义", url=LINK, when=When.AFTER, by=teacher)

    with clock.frozen(NINE):
        assert titles(papers(session, person)) == ["预习"]
        assert titles(papers(session, teacher)) == ["预习", "讲义"]
    with clock.frozen(LATER):
        assert [titles(papers(session, each)) for each in (person, waiting, stranger)] == [["预习", "讲义"], None, None]


def test_file_of_a_session_reaches_those_with_a_seat_alone(as_, session, teacher, seat, hire):
    picture = store(upload(samples.png(), "流程图.png"), by=None)
    add_material(session, title="", media=picture, by=teacher)
    person, gone = seat().person, seat(cancelled_at=NINE).person

    answers = [as_(each).get(media_url(picture)).status_code for each in (person, gone, hire())]

    assert answers == [200, 404, 404]


def test_file_for_afterwards_stays_closed_until_the_end(as_, session, teacher, seat):
    picture = store(upload(samples.png(), "答案.png"), by=None)
    add_material(session, title="", media=picture, when=When.AFTER, by=teacher)
    now = clock.now()
    session.starts_at, session.ends_at = now - HOUR, now + HOUR
    session.save()
    browse = as_(seat().person)

    assert browse.get(media_url(picture)).status_code == 404
    session.ends_at = now
    session.save()
    assert browse.get(media_url(picture)).status_code == 200


def test_recording_is_uploaded_and_played_by_those_with_a_seat(as_, session, teacher, seat, eleven):
    file = SimpleUploadedFile("录像.webm", samples.CLIP)
    as_(teacher).post(reverse("session-minutes", args=[session.pk]), {"text": "复盘", "file": file, **LINES})

    recording = SessionMinutes.objects.get().recording
    assert recording.kind == "video"
    assert as_(seat().person).get(media_url(recording)).status_code == 200


def test_instructor_adds_and_takes_away_a_link(as_, session, teacher):
    browse, address = as_(teacher), reverse("session-materials", args=[session.pk])

    browse.post(address, {"title": "幻灯片", "when": "before", "url": LINK})
    material = SessionMaterial.objects.get()
    browse.post(reverse("session-material-remove", args=[material.pk]))

    assert (material.title, material.url, SessionMaterial.objects.count()) == ("幻灯片", LINK, 0)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"when": "before"}, "file"),
        ({"when": "never", "url": LINK}, "when"),
        ({"when": "before", "url": "javascript:alert(1)"}, "url"),
        ({"when": "before", "kept": "0" * 64}, "kept"),
        ({"when": "before", "url": LINK, "title": "长" * 101}, "title"),
    ],
)
def test_bad_material_is_refused_at_its_field(as_, session, teacher, sent, field):
    answer = as_(teacher).post(reverse("session-materials", args=[session.pk]), sent)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not SessionMaterial.objects.exists()


def test_file_that_is_no_such_file_is_refused(as_, session, teacher):
    sent = {"when": "before", "file": SimpleUploadedFile("x.pdf", b"hello")}

    answer = as_(teacher).post(reverse("session-materials", args=[session.pk]), sent)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])


def test_minutes_are_written_with_to_dos_for_people_of_the_session(as_, session, teacher, there, hire, eleven):
    person, stranger = there(name="王小明"), hire()
    browse, address = as_(teacher), reverse("session-minutes", args=[session.pk])
    sent = {"text": "# 复盘", "decisions": "- 统一话术", **LINES, "todo-0-text": "整理话术"}

    wrong = browse.post(address, {**sent, "todo-0-person": stranger.pk})
    browse.post(address, {**sent, "todo-0-person": person.pk, "todo-0-due_on": "2026-12-08"})

    assert wrong.status_code == 422
    assert list(SessionToDo.objects.values_list("text", "person__name")) == [("整理话术", "王小明")]
    page = as_(person).get(reverse("session", args=[session.pk])).content.decode()
    assert all(text in page for text in ("<li>统一话术</li>", "整理话术"))


def test_to_do_without_words_is_refused(as_, session, teacher, eleven):
    sent = {"text": "复盘", **LINES, "todo-1-due_on": "2026-12-08"}

    answer = as_(teacher).post(reverse("session-minutes", args=[session.pk]), sent)

    assert (answer.status_code, list(answer.context["todos"].errors[1])) == (422, ["text"])
    assert not SessionMinutes.objects.exists()


def test_to_do_without_owner_and_date_is_refused(as_, session, teacher, eleven):
    sent = {"text": "复盘", **LINES, "todo-0-text": "整理话术"}
    browse, address = as_(teacher), reverse("session-minutes", args=[session.pk])

    answer = browse.post(address, sent)

    assert (answer.status_code, list(answer.context["todos"].errors[0])) == (422, ["person"])
    assert not SessionMinutes.objects.exists()
    assert browse.post(address, {**sent, "todo-0-due_on": "2026-12-08"}).status_code == 302


def test_page_offers_to_edit_and_to_tell_once_there_is_something(as_, session, teacher, eleven):
    browse, address = as_(teacher), reverse("session", args=[session.pk])
    tell = reverse("session-tell", args=[session.pk])

    def offered():
        page = browse.get(address).content.decode()
        return ("写纪要" in page, "编辑纪要" in page, tell in page)

    assert offered() == (True, False, False)
    add_material(session, title="讲义", url=LINK, when=When.AFTER, by=teacher)
    assert offered() == (True, False, True)
    save_minutes(session, Paper("复盘"), by=teacher, at=LATER)
    assert offered() == (False, True, True)


def test_script_in_minutes_is_shown_as_text(as_, session, teacher, there, eleven):
    save_minutes(session, Paper("<script>alert(1)</script>"), by=teacher, at=LATER)

    page = as_(there()).get(reverse("session", args=[session.pk])).content.decode()

    assert "<script>alert(1)" not in page


def test_present_recording_stays_until_a_link_takes_its_place(as_, session, teacher, eleven):
    clip = store(upload(samples.CLIP, "录像.webm"), by=None)
    save_minutes(session, Paper("复盘", recording=clip), by=teacher, at=LATER)
    browse, address = as_(teacher), reverse("session-minutes", args=[session.pk])

    browse.post(address, {"text": "复盘 2", **LINES})
    assert SessionMinutes.objects.get().recording == clip
    browse.post(address, {"text": "复盘 3", "recording_url": LINK, **LINES})

    minutes = SessionMinutes.objects.get()
    assert (minutes.recording, minutes.recording_url) == (None, LINK)


def test_telling_says_how_many_first_and_tells_once(as_, session, teacher, there, eleven):
    there(name="王小明")
    save_minutes(session, Paper("复盘"), by=teacher, at=LATER)
    browse, address = as_(teacher), reverse("session-tell", args=[session.pk])

    assert (browse.get(address).context["people"], Notice.objects.count()) == (1, 0)
    for _twice in range(2):
        browse.post(address)

    assert list(Notice.objects.values_list("kind", "person__name")) == [("session_papers", "王小明")]


def test_person_ticks_the_own_to_do_and_nobody_elses(as_, session, there):
    person, other = there(), there()
    todo = SessionToDo.objects.create(session=session, text="整理话术", person=person)
    address = reverse("session-todo", args=[todo.pk])

    assert as_(other).post(address).status_code == 404
    as_(person).post(address)
    todo.refresh_from_db()
    assert todo.done_at
    as_(person).post(address, {"undo": "1"})
    todo.refresh_from_db()
    assert todo.done_at is None


def test_rate_and_mean_are_for_whoever_runs_it(session, teacher, hr, there, asked):
    session.feedback = "test"
    session.save()
    assert feedback(session, teacher)["results"] is None
    session.feedback_sent_at = LATER
    session.save()

    shown = [feedback(session, each) for each in (teacher, hr, there())]

    assert [found and (found["results"].rate, found["results"].mean, found["may_open"]) for found in shown] == [
        (0.75, 4.5, False),
        (0.75, 4.5, True),
        None,
    ]


@pytest.mark.parametrize("rows", [1, 20])
def test_materials_take_ten_queries(as_, session, teacher, rows, django_assert_max_num_queries):
    for number in range(rows):
        add_material(session, title="", url=f"{LINK}/{number}", by=teacher)
    browse, address = as_(teacher), reverse("session-materials", args=[session.pk])
    browse.get(address)

    with django_assert_max_num_queries(10):
        browse.get(address)
