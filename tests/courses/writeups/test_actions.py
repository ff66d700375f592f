from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InternalError, transaction

from courses.models import Grade, UnitProgress, WriteUp
from courses.writeups.actions import Written, brief_of, count_chars, grade, hand_in, save_draft
from courses.writeups.kind import copy, problems, rule
from tests.factories.courses import UnitFactory
from tests.factories.practice import NINE, TEXT, enrolled, handed_in, verdict, write_up_unit
from trainingsite.core.errors import Refused
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return write_up_unit()


@pytest.fixture
def trainee(hire):
    return hire(Role.TRAINEE, name="林小雨")


@pytest.fixture
def enrolment(trainee, unit):
    return enrolled(trainee, unit)


@pytest.fixture
def hr(hire):
    return hire(Role.HR, department="centre", name="人力")


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.code


def states():
    return list(WriteUp.objects.order_by("number").values_list("number", "state"))


def kinds_told(person):
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


class TestDraft:
    def test_is_saved_again_and_again(self, enrolment, unit):
        first = save_draft(enrolment, unit, Written("一"), at=NINE)
        second = save_draft(enrolment, unit, Written("一二", first.revision), at=NINE)

        assert (second.pk, second.text, second.revision) == (first.pk, "一二", 2)
        assert UnitProgress.objects.get().completed_at is None

    def test_second_window_does_not_overwrite_the_first(self, enrolment, unit):
        save_draft(enrolment, unit, Written("第一个窗口"), at=NINE)

        assert refusal(save_draft, enrolment, unit, Written("第二个窗口"), at=NINE) == "changed_elsewhere"
        assert WriteUp.objects.get().text == "第一个窗口"

    def test_is_refused_while_it_is_graded_and_after_it_passed(self, enrolment, unit, hr):
        write_up = handed_in(enrolment, unit)
        codes = [refusal(save_draft, enrolment, unit, Written("改"), at=NINE)]
        WriteUp.objects.filter(pk=write_up.pk).update(state="graded", decided_at=NINE, percent=80, decided_by=hr)
        codes.append(refusal(save_draft, enrolment, unit, Written("改"), at=NINE))

        assert codes == ["handed_in_already", "passed_already"]

    def test_of_a_completed_course_is_refused(self, enrolment, unit):
        enrolment.completed_at = NINE
        enrolment.save()

        assert refusal(save_draft, enrolment, unit, Written("晚了"), at=NINE) == "enrolment_not_open"


class TestFile:
    def test_is_kept_with_its_name_and_can_be_taken_away(self, enrolment, unit):
        pdf = SimpleUploadedFile("分析.pdf", b"%PDF-1.7 ...")
        draft = save_draft(enrolment, unit, Written("见附件", 0, pdf), at=NINE)
        kept = (draft.file.read(), draft.file_name)
        draft = save_draft(enrolment, unit, Written("见附件", draft.revision, None, drop_file=True), at=NINE)

        assert (kept, bool(draft.file)) == ((b"%PDF-1.7 ...", "分析.pdf"), False)

    @pytest.mark.parametrize(
        ("name", "content"), [("a.exe", b"MZ"), ("a.pdf", b"<html>"), ("a", b"%PDF-"), ("a.png", b"")]
    )
    def test_that_is_not_what_it_says_is_refused(self, enrolment, unit, name, content):
        upload = SimpleUploadedFile(name, content)

        assert refusal(save_draft, enrolment, unit, Written("", 0, upload), at=NINE) == "file_of_wrong_kind"
        assert not WriteUp.objects.exists()

    def test_that_is_too_large_is_refused(self, enrolment, unit):
        upload = SimpleUploadedFile("a.pdf", b"%PDF-" + b"0" * 10_485_760)

        assert refusal(save_draft, enrolment, unit, Written("", 0, upload), at=NINE) == "file_too_large"


class TestHandIn:
    def test_gives_it_to_the_owner_and_the_graders(self, enrolment, unit, hire):
        owner, assessor = hire(Role.INSTRUCTOR), hire(Role.ASSESSOR)
        unit.course.owner = owner
        unit.course.save()
        brief_of(unit).graders.add(assessor)

        write_up = handed_in(enrolment, unit)

        assert (write_up.state, write_up.handed_in_at) == ("handed_in", NINE)
        assert [kinds_told(person) for person in (owner, assessor)] == [["write_up_handed_in"]] * 2

    def test_twice_is_once(self, enrolment, unit):
        assert handed_in(enrolment, unit) == handed_in(enrolment, unit)
        assert states() == [(1, "handed_in")]

    def test_another_text_while_one_waits_is_refused(self, enrolment, unit):
        handed_in(enrolment, unit)

        assert refusal(handed_in, enrolment, unit, text=TEXT + "补充") == "handed_in_already"

    @pytest.mark.parametrize(("text", "code"), [("太短 " * 8, "too_short"), ("长" * 501, "too_long")])
    def test_length_is_counted_without_spaces(self, enrolment, unit, text, code):
        assert refusal(hand_in, enrolment, unit, Written(text), at=NINE) == code
        assert states() == []

    def test_chars_of_a_text_are_counted_without_spaces(self):
        assert count_chars(" 先 道歉\n\n再\t处理 ") == 6


class TestGrade:
    def test_passing_completes_the_unit_and_tells_the_person(self, enrolment, unit, hr, trainee):
        done = grade(handed_in(enrolment, unit), verdict(), by=hr, at=NINE)

        assert (done.state, done.percent, done.decided_by) == ("graded", Decimal("100.00"), hr)
        grades = Grade.objects.order_by("criterion__position").values_list("points", "out_of", "weight", "band")
        assert list(grades) == [(4, 4, 60, "优秀"), (4, 4, 40, "优秀")]
        enrolment.refresh_from_db()
        assert enrolment.completed_at == NINE
        assert kinds_told(trainee) == ["write_up_graded"]

    def test_returned_one_is_revised_and_handed_in_again(self, enrolment, unit, hr, trainee):
        grade(handed_in(enrolment, unit), verdict(passes=False, points=2, comment="补上依据"), by=hr, at=NINE)
        again = handed_in(enrolment, unit, text=TEXT + "依据是第七条。")
        grade(again, verdict(), by=hr, at=NINE)

        assert states() == [(1, "returned"), (2, "graded")]
        assert WriteUp.objects.get(number=1).text == TEXT
        assert Grade.objects.count() == 4
        assert kinds_told(trainee) == ["write_up_returned", "write_up_graded"]

    def test_second_grader_is_told_who_was_quicker(self, enrolment, unit, hr, hire):
        write_up = handed_in(enrolment, unit)
        grade(write_up, verdict(), by=hr, at=NINE)

        with pytest.raises(Refused) as caught:
            grade(write_up, verdict(passes=False, comment="重写"), by=hire(Role.HR), at=NINE)

        assert (caught.value.code, "人力" in str(caught.value.message)) == ("graded_already", True)
        assert states() == [(1, "graded")]

    @pytest.mark.parametrize(
        ("given", "code"),
        [
            (lambda: verdict(points=2), "below_pass"),
            (lambda: verdict(passes=False), "comment_missing"),
            (lambda: verdict(points=3), "level_missing"),
        ],
    )
    def test_what_does_not_fit_is_refused_and_changes_nothing(self, enrolment, unit, hr, given, code):
        write_up = handed_in(enrolment, unit)

        assert refusal(grade, write_up, given(), by=hr, at=NINE) == code
        assert (states(), Grade.objects.count()) == ([(1, "handed_in")], 0)

    def test_own_work_is_refused(self, unit, hire):
        both = hire(Role.TRAINEE, Role.HR)

        assert refusal(grade, handed_in(enrolled(both, unit), unit), verdict(), by=both, at=NINE) == "own_work"

    def test_stranger_is_refused_until_the_task_is_given_to_him(self, enrolment, unit, hire):
        assessor, write_up = hire(Role.ASSESSOR), handed_in(enrolment, unit)
        before = refusal(grade, write_up, verdict(), by=assessor, at=NINE)
        brief_of(unit).graders.add(assessor)

        assert (before, grade(write_up, verdict(), by=assessor, at=NINE).state) == ("not_yours", "graded")

    def test_grades_stay_whatever_is_tried(self, enrolment, unit, hr):
        grade(handed_in(enrolment, unit), verdict(), by=hr, at=NINE)

        with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
            Grade.objects.update(points=0)


class TestQueue:
    def test_holds_what_waits_of_the_people_one_sees(self, unit, hire, hr):
        near, far, mine = hire(), hire(department="sales"), hire(Role.TRAINEE, Role.INSTRUCTOR)
        write_ups = [handed_in(enrolled(person, unit), unit) for person in (near, far, mine)]
        owner = hire(Role.INSTRUCTOR)
        unit.course.owner = owner
        unit.course.save()

        seen = {person.name: set(WriteUp.objects.gradable_by(person).waiting()) for person in (hr, owner, mine)}

        assert seen == {hr.name: set(write_ups), owner.name: set(write_ups), mine.name: set()}

    def test_withdrawn_people_wait_no_more(self, enrolment, unit, hr):
        handed_in(enrolment, unit)
        enrolment.withdrawn_at = NINE
        enrolment.save()

        assert not WriteUp.objects.gradable_by(hr).waiting().exists()

    def test_drafts_are_the_writers_own(self, enrolment, unit, hr, trainee):
        draft = save_draft(enrolment, unit, Written("还没写完"), at=NINE)

        assert [list(WriteUp.objects.visible_to(person)) for person in (trainee, hr)] == [[draft], []]


class TestKind:
    def test_needs_a_task_and_a_rubric(self, unit):
        bare = UnitFactory(kind="write_up")

        assert (len(problems(bare)), problems(unit)) == (2, [])

    def test_copy_asks_the_same_of_the_same_graders(self, unit, hire):
        brief_of(unit).graders.add(hire(Role.ASSESSOR))
        new = UnitFactory(kind="write_up", course=unit.course)

        copy(unit, new)

        was, is_now = brief_of(unit), brief_of(new)
        assert (was.brief, was.rubric, list(was.graders.all())) == (
            is_now.brief,
            is_now.rubric,
            list(is_now.graders.all()),
        )
        assert "60" in rule(new)
