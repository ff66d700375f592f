from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.curriculum.versions import start_version
from courses.models import CaseBrief, Grade, Rubric, WriteUp
from courses.writeups.actions import Written, brief_of, grade, save_draft
from courses.writeups.panels import waiting, written_by
from tests.factories.courses import UnitFactory
from tests.factories.practice import NINE, TEXT, enrolled, handed_in, rubric, verdict, write_up_unit
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return write_up_unit()


@pytest.fixture
def trainee(hire):
    return hire(Role.TRAINEE, locale="en", name="林小雨")


@pytest.fixture
def enrolment(trainee, unit):
    return enrolled(trainee, unit)


@pytest.fixture
def hr(hire):
    return hire(Role.HR, department="centre", locale="en", name="人力")


def study(enrolment, unit, save=False):
    return reverse("write-up-save" if save else "learn-write-up", args=[enrolment.pk, unit.pk])


def choices(passes, points=4, **more):
    levels = {f"criterion-{c.pk}": points for c in Rubric.objects.get().criteria.all()}
    return {**levels, ("pass" if passes else "return"): "1", **more}


class TestWriting:
    def test_typing_is_saved_and_shown_again(self, as_, trainee, enrolment, unit):
        client = as_(trainee)
        answer = client.post(study(enrolment, unit, save=True), {"text": "我先道歉", "revision": 0})

        page = client.get(study(enrolment, unit))
        assert (answer.status_code, answer.json()["revision"]) == (200, 1)
        assert (page.context["form"]["text"].value(), page.context["form"]["revision"].value()) == ("我先道歉", 1)

    def test_older_window_gets_a_conflict_in_words(self, as_, trainee, enrolment, unit):
        save_draft(enrolment, unit, Written("新"), at=NINE)

        answer = as_(trainee).post(study(enrolment, unit, save=True), {"text": "旧", "revision": 0})

        assert (answer.status_code, "another window" in answer.json()["message"]) == (409, True)

    def test_too_short_a_text_stays_in_the_editor_with_the_reason(self, as_, trainee, enrolment, unit):
        page = as_(trainee).post(study(enrolment, unit), {"text": "太短", "revision": 0})

        assert (page.status_code, list(page.context["form"].errors)) == (422, ["text"])
        assert page.context["form"]["text"].value() == "太短"
        assert not WriteUp.objects.exists()

    def test_handing_in_keeps_the_file_where_the_task_allows_it(self, as_, trainee, enrolment, unit):
        sent = []
        for allowed in (False, True):
            CaseBrief.objects.update(allow_file=allowed)
            WriteUp.objects.all().delete()
            upload = SimpleUploadedFile("附件.pdf", b"%PDF-1.7")
            as_(trainee).post(study(enrolment, unit), {"text": TEXT, "revision": 0, "file": upload})
            sent.append(WriteUp.objects.get().file_name)

        assert sent == ["", "附件.pdf"]

    def test_returned_text_is_what_the_next_version_begins_with(self, as_, trainee, enrolment, unit, hr):
        grade(handed_in(enrolment, unit), verdict(passes=False, comment="补上依据"), by=hr, at=NINE)

        page = as_(trainee).get(study(enrolment, unit))

        assert (page.context["form"]["text"].value(), page.context["form"]["revision"].value()) == (TEXT, 0)
        assert "补上依据" in page.content.decode()

    @pytest.mark.parametrize("versions", [1, 8])
    def test_page_takes_as_many_queries_for_one_version_as_for_eight(
        self, as_, trainee, enrolment, unit, hr, versions, django_assert_max_num_queries
    ):
        for _version in range(versions):
            grade(handed_in(enrolment, unit), verdict(passes=False, comment="补"), by=hr, at=NINE)
        client = as_(trainee)
        client.get(study(enrolment, unit))

        with django_assert_max_num_queries(14):
            client.get(study(enrolment, unit))


class TestFile:
    def test_is_a_download_for_those_who_may_read(self, as_, trainee, enrolment, unit, hr, hire):
        upload = SimpleUploadedFile("附件.pdf", b"%PDF-1.7")
        handed_in(enrolment, unit)
        WriteUp.objects.all().delete()
        draft = save_draft(enrolment, unit, Written(TEXT, 0, upload), at=NINE)
        path = reverse("write-up-file", args=[draft.pk])

        own = as_(trainee).get(path)
        content = b"".join(own.streaming_content)
        others = [as_(person).get(path).status_code for person in (hr, hire(Role.TRAINEE))]

        assert (content, own.headers["Content-Disposition"].startswith("attachment")) == (b"%PDF-1.7", True)
        assert others == [404, 404]


class TestQueue:
    def test_has_the_oldest_first_and_is_found_by_name_and_state(self, as_, hr, hire, unit):
        old, new = hire(name="王芳"), hire(name="李雷")
        handed_in(enrolled(new, unit), unit, at=NINE + timedelta(hours=1))
        first = handed_in(enrolled(old, unit), unit, at=NINE)
        client = as_(hr)

        def names(**query):
            return [w.enrolment.person.name for w in client.get(reverse("write-ups"), query).context["page"]]

        found = [names(), names(q="wang"), names(sort="-handed_in"), names(state="graded")]
        grade(first, verdict(), by=hr, at=NINE)
        found += [names(), names(state="graded"), names(state="all", sort="name")]
        assert found == [["王芳", "李雷"], ["王芳"], ["李雷", "王芳"], [], ["李雷"], ["王芳"], ["李雷", "王芳"]]

    @pytest.mark.parametrize("rows", [1, 30])
    def test_takes_as_many_queries_for_one_as_for_thirty(
        self, as_, hr, hire, unit, rows, django_assert_max_num_queries
    ):
        for _row in range(rows):
            handed_in(enrolled(hire(), unit), unit)
        client = as_(hr)

        with django_assert_max_num_queries(8):
            client.get(reverse("write-ups"))


class TestGrading:
    def grading(self, write_up):
        return reverse("write-up-grade", args=[write_up.pk])

    def test_passes_with_the_button_that_was_pressed(self, as_, hr, enrolment, unit):
        write_up = handed_in(enrolment, unit)

        page = as_(hr).post(self.grading(write_up), choices(passes=True), follow=True)

        write_up.refresh_from_db()
        assert (write_up.state, page.redirect_chain) == ("graded", [(reverse("write-ups"), 302)])
        assert "has passed with 100.00 %" in page.content.decode()

    def test_missing_level_is_said_at_its_criterion(self, as_, hr, enrolment, unit):
        write_up, first = handed_in(enrolment, unit), Rubric.objects.get().criteria.first()
        data = choices(passes=True)
        del data[f"criterion-{first.pk}"]

        page = as_(hr).post(self.grading(write_up), data)

        assert (page.status_code, list(page.context["form"].errors)) == (422, [f"criterion-{first.pk}"])
        assert not Grade.objects.exists()

    def test_second_grader_is_told_and_sees_what_came_of_it(self, as_, hr, hire, enrolment, unit):
        write_up = handed_in(enrolment, unit)
        grade(write_up, verdict(), by=hr, at=NINE)

        page = as_(hire(Role.HR, locale="en")).post(self.grading(write_up), choices(passes=False), follow=True)

        assert page.redirect_chain == [(reverse("write-up", args=[write_up.pk]), 302)]
        assert "人力 has graded it meanwhile" in page.content.decode()

    def test_earlier_versions_stand_beside_the_new_one(self, as_, hr, enrolment, unit):
        grade(handed_in(enrolment, unit), verdict(passes=False, comment="补上依据"), by=hr, at=NINE)
        again = handed_in(enrolment, unit, text=TEXT + "依据")

        page = as_(hr).get(self.grading(again))

        assert [version.comment for version in page.context["earlier"]] == ["补上依据"]

    def test_not_for_strangers(self, as_, hire, enrolment, unit):
        write_up = handed_in(enrolment, unit)

        assert as_(hire(Role.ASSESSOR)).get(self.grading(write_up)).status_code == 404


class TestAuthor:
    def sent(self, **changes):
        data = {"brief": "分析这个案例", "rubric": Rubric.objects.get().pk, "pass_percent": 70}
        return {**data, "min_chars": 100, "max_chars": 800, **changes}

    def test_keeps_the_task_of_a_draft(self, as_, hire):
        unit, assessor = UnitFactory(kind="write_up", course__draft=True, body=""), hire(Role.ASSESSOR)
        rubric()

        answer = as_(hire(Role.INSTRUCTOR)).post(
            reverse("write-up-edit", args=[unit.pk]), self.sent(graders=[assessor.pk])
        )

        brief = brief_of(unit)
        assert answer.headers["Location"] == reverse("course", args=[unit.course_id])
        assert (brief.brief, brief.pass_percent, list(brief.graders.all())) == ("分析这个案例", 70, [assessor])

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"min_chars": 900}, "min_chars"),
            ({"pass_percent": 101}, "pass_percent"),
            ({"max_chars": "viel"}, "max_chars"),
        ],
    )
    def test_bad_input_is_said_at_its_field(self, as_, hire, changes, field):
        unit = UnitFactory(kind="write_up", course__draft=True, body="")
        rubric()

        page = as_(hire(Role.HR)).post(reverse("write-up-edit", args=[unit.pk]), self.sent(**changes))

        assert (page.status_code, list(page.context["form"].errors)) == (422, [field])

    def test_unit_that_learners_have_is_changed_as_a_copy_in_the_draft(self, as_, hr, unit):
        start_version(unit.course, by=hr, at=NINE)

        as_(hr).post(reverse("write-up-edit", args=[unit.pk]), self.sent())

        (copy,) = unit.replacements.all()
        assert (brief_of(unit).pass_percent, brief_of(copy).pass_percent) == (60, 70)

    def test_unit_that_learners_have_is_refused(self, as_, hr, unit):
        page = as_(hr).post(reverse("write-up-edit", args=[unit.pk]), self.sent())

        assert page.status_code == 422
        assert brief_of(unit).pass_percent == 60


class TestPanels:
    def test_count_what_waits_by_its_age(self, hr, hire, unit):
        now = clock.now()
        for hours in (1, 50, 100, 200):
            handed_in(enrolled(hire(), unit), unit, at=now - timedelta(hours=hours))

        found = waiting(hr, clock.today())

        assert {key: found[key] for key in ("all", "today", "between", "late")} == {
            "all": 4,
            "today": 1,
            "between": 1,
            "late": 2,
        }
        assert waiting(hire(Role.ASSESSOR), clock.today()) == {}

    def test_page_of_a_person_has_what_the_viewer_may_read(self, hr, hire, trainee, enrolment, unit):
        write_up = handed_in(enrolment, unit)

        assert written_by(hr, trainee, clock.today()) == {"rows": [write_up]}
        assert written_by(hire(Role.ASSESSOR), trainee, clock.today()) == {}
