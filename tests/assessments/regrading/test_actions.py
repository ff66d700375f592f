from decimal import Decimal

import pytest

from assessments.appeals.actions import appeal, uphold
from assessments.attempts.actions import save_answer, start, submit
from assessments.models import Attempt, RegradeChange, Response
from assessments.regrading import actions, work
from assessments.regrading.models import Regrade
from courses.models import Enrolment, UnitProgress
from tests.assessments.regrading.conftest import NINE, again, carried_out, correct, take, tried
from tests.factories.assessments import CertificateFactory, CertificationFactory
from tests.factories.marking import essay_quiz, in_percent
from trainingsite.core.errors import Refused
from trainingsite.core.jobs.models import Job
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.code


def results():
    return list(Attempt.objects.order_by("pk").values_list("score", "passed"))


def changes(regrade):
    columns = "score_before", "score_after", "passed_before", "passed_after", "reaches_mark"
    return list(regrade.changes.order_by("attempt").values_list(*columns))


def told(person):
    return [(n.facts["before"], n.facts["after"]) for n in Notice.objects.filter(person=person, kind="result_regraded")]


class TestTrial:
    def test_shows_who_would_change_and_changes_nothing(self, quiz, question, hr, hire):
        for answers in ("aa", "ba", "bb"):
            take(hire(), quiz, *answers)
        before = results()
        correct(question, "b")
        regrade = tried(question, hr)

        assert (regrade.state, regrade.looked_at, results()) == ("checked", 3, before)
        assert changes(regrade) == [
            (Decimal(100), Decimal(50), True, True, False),
            (Decimal(50), Decimal(100), False, True, True),
            (Decimal(0), Decimal(50), False, False, False),
        ]
        first = regrade.changes.order_by("attempt")[0]
        marks = [(one["position"], Decimal(one["before"]), Decimal(one["after"])) for one in first.answers]
        assert marks == [(1, 1, 0)]

    def test_names_the_certificates_that_rest_on_a_worse_result(self, quiz, question, hr, hire):
        person = hire()
        take(person, quiz, "a", "a")
        certification = CertificationFactory(courses=[quiz.unit.course])
        certificate = CertificateFactory(person=person, certification=certification)
        correct(question, "b")

        (change,) = tried(question, hr).changes.all()
        assert change.certificates == [{"id": certificate.pk, "code": certificate.code, "title": certificate.title}]

    def test_question_that_was_not_corrected_changes_nobody(self, quiz, question, hr, hire):
        take(hire(), quiz, "a", "a")

        assert (tried(question, hr).state, RegradeChange.objects.count()) == ("checked", 0)

    def test_one_question_has_one_regrade_at_a_time(self, question, hr):
        first = tried(question, hr)
        second = refusal(actions.start, question, way="full", by=hr)
        actions.discard(first)

        assert (second, tried(question, hr, way="full").state) == ("under_way", "checked")

    def test_what_people_mark_is_not_graded_again_by_a_machine(self, hr):
        essay = essay_quiz(graded=False).items.get().question

        assert refusal(actions.start, essay, way="corrected", by=hr) == "marked_by_people"
        assert tried(essay, hr, way="full").state == "checked"

    def test_only_the_quiz_that_was_chosen(self, quiz, question, hr, hire):
        take(hire(), quiz, "a", "a")
        correct(question, "b")
        other = essay_quiz(graded=False)

        assert [tried(question, hr, quiz=one).looked_at for one in (other,)] == [0]


class TestCarryingOut:
    def test_gives_new_marks_and_says_what_decided(self, quiz, question, hr, hire):
        loser, winner = hire(), hire()
        take(loser, quiz, "a", "a")
        take(winner, quiz, "b", "a")
        version = correct(question, "b")
        done = carried_out(tried(question, hr), hr)

        assert (done.state, done.reason, done.decided_by) == ("done", "答案有误", hr)
        assert results() == [(Decimal(50), True), (Decimal(100), True)]
        asked = Response.objects.filter(version__question=question)
        assert list(asked.order_by("pk").values_list("fraction", "graded_with", "version__number")) == [
            (Decimal(0), version.pk, 1),
            (Decimal(1), version.pk, 1),
        ]
        assert (told(loser), told(winner)) == ([("100", "50")], [("50", "100")])
        assert UnitProgress.objects.filter(completed_at__isnull=False).count() == 2
        assert all(done.changes.values_list("applied_at", flat=True))

    def test_pass_is_taken_back_only_when_hr_chose_so(self, quiz, question, hr, hire):
        person = hire()
        take(person, quiz, "a", "a")
        Enrolment.objects.update(completed_at=None)
        correct(question, "b")
        carried_out(tried(question, hr), hr, on_loss="again")

        assert results() == [(Decimal(50), False)]
        assert list(UnitProgress.objects.values_list("completed_at", flat=True)) == [None]

    def test_completed_course_stays_and_its_quiz_is_given_again(self, quiz, question, hr, hire):
        person = hire()
        take(person, quiz, "a", "a")
        correct(question, "b")
        carried_out(tried(question, hr), hr, on_loss="again")

        old, new = Enrolment.objects.filter(person=person).order_by("pk")
        assert (old.completed_at is not None, new.is_open, new.scope) == (True, True, "assessment")

    def test_full_marks_for_everybody(self, quiz, question, hr, hire):
        for answers in ("ca", "ba"):
            take(hire(), quiz, *answers)
        carried_out(tried(question, hr, way="full"), hr)

        assert results() == [(Decimal(100), True), (Decimal(100), True)]

    def test_dropped_question_counts_no_more(self, quiz, question, hr, hire):
        for answers in ("ca", "ab"):
            take(hire(), quiz, *answers)
        carried_out(tried(question, hr, way="drop"), hr)

        assert [score for score, _passed in results()] == [100, 0]
        assert set(Response.objects.filter(version__question=question).values_list("points", flat=True)) == {0}

    def test_dropped_question_that_is_the_only_one_earns_full_marks(self, quiz, question, hr, hire):
        quiz.items.exclude(question=question).delete()
        take(hire(), quiz, "c")
        carried_out(tried(question, hr, way="drop"), hr)

        assert results() == [(Decimal(100), True)]

    def test_repeat_changes_nothing(self, quiz, question, hr, hire):
        person = hire()
        take(person, quiz, "b", "a")
        correct(question, "b")
        done = carried_out(tried(question, hr), hr)
        job = Job.objects.get(pk=done.job_id)
        Regrade.objects.update(state="running")
        work.carry_out_in_job(job)
        again_decided = actions.carry_out(done, reason="又一次", on_loss="again", by=hr, at=NINE)

        assert (again_decided.reason, done.changes.count(), told(person)) == ("答案有误", 1, [("50", "100")])
        second = carried_out(tried(question, hr), hr)
        assert (second.changes.count(), results()) == (0, [(Decimal(100), True)])

    def test_needs_a_trial_and_a_reason(self, question, hr):
        untried = actions.start(question, way="full", by=hr)
        codes = [refusal(actions.carry_out, untried, reason="错", on_loss="keep", by=hr, at=NINE)]
        checked = again(untried)
        codes.append(refusal(actions.carry_out, checked, reason=" ", on_loss="keep", by=hr, at=NINE))
        carried_out(checked, hr)
        codes.append(refusal(actions.discard, checked))

        assert codes == ["not_checked", "reason_missing", "carried_out"]

    def test_mark_that_an_appeal_brought_stays(self, quiz, question, hr, hire):
        person = hire()
        attempt = take(person, quiz, "b", "a")
        answer = attempt.responses.get(position=1)
        uphold(appeal(answer, "b 才对", by=person, at=NINE), in_percent(80), reason="对", by=hr, at=NINE)
        correct(question, "c")
        carried_out(tried(question, hr), hr)

        assert results() == [(Decimal(90), True)]

    def test_attempt_that_still_waits_gets_its_mark_without_a_score(self, quiz, question, hr, hire):
        attempt = take(hire(), quiz, "b", "a")
        Response.objects.filter(attempt=attempt, position=2).update(fraction=None, needs_person=True)
        Attempt.objects.update(state="submitted", score=None, passed=None)
        correct(question, "b")
        done = carried_out(tried(question, hr), hr)

        assert changes(done) == [(None, None, None, None, False)]
        assert Response.objects.get(attempt=attempt, position=1).fraction == 1

    @pytest.mark.parametrize(("way", "score"), [("full", 100), ("drop", 100)])
    def test_what_is_decided_so_waits_for_nobody(self, quiz, question, hr, hire, way, score):
        person = hire()
        attempt = waiting(take(person, quiz, "c", "a"), question)
        done = carried_out(tried(question, hr, way=way), hr)

        assert changes(done) == [(None, Decimal(score), None, True, True)]
        attempt.refresh_from_db()
        assert (attempt.state, attempt.score, attempt.passed) == ("graded", score, True)
        assert not Response.objects.filter(needs_person=True).exists()
        assert UnitProgress.objects.filter(completed_at__isnull=False).count() == 1
        notice = Notice.objects.get(person=person, kind="result_regraded")
        assert ("100" in notice.subject, "答案有误" in notice.body, done.changes.winning().count()) == (False, True, 1)

    def test_attempt_waits_on_while_something_else_is_left_to_mark(self, quiz, question, hr, hire):
        attempt = waiting(take(hire(), quiz, "c", "a"), question)
        Response.objects.filter(attempt=attempt).update(fraction=None, needs_person=True)
        done = carried_out(tried(question, hr, way="full"), hr)

        assert changes(done) == [(None, None, None, None, False)]
        waits = Response.objects.order_by("position").values_list("needs_person", flat=True)
        assert (list(waits), Attempt.objects.get().state) == ([False, True], "submitted")

    def test_goes_on_after_an_accident(self, quiz, question, hr, hire, monkeypatch):
        for answers in ("ba", "ba"):
            take(hire(), quiz, *answers)
        correct(question, "b")
        regrade = tried(question, hr)
        monkeypatch.setattr(work, "BATCH", 1)
        monkeypatch.setattr(work, "tell_regraded", _once_then_fail())
        stopped = carried_out(regrade, hr)
        between = (stopped.state, actions.is_stuck(stopped), [score for score, _p in results()])
        monkeypatch.setattr(work, "tell_regraded", lambda _regrade, _changes: 0)
        done = again(actions.go_on(stopped, by=hr))

        assert between == ("running", True, [100, 50])
        assert (done.state, [score for score, _p in results()]) == ("done", [100, 100])

    def test_several_attempts_of_one_person_are_credited_once(self, quiz, question, hr, hire):
        person = hire()
        first = take(person, quiz, "b", "a")
        second = start(first.enrolment, quiz, at=NINE)
        for position, answer in enumerate("ba", start=1):
            save_answer(second, position, [answer], 1, at=NINE)
        submit(second, at=NINE)
        correct(question, "b")
        carried_out(tried(question, hr), hr)

        assert results() == [(Decimal(100), True), (Decimal(100), True)]
        assert UnitProgress.objects.filter(completed_at__isnull=False).count() == 1

    def test_many_are_worked_through_batch_by_batch(self, quiz, question, hr, hire, monkeypatch):
        people = [hire() for _n in range(6)]
        for person in people:
            take(person, quiz, "b", "a")
        correct(question, "b")
        monkeypatch.setattr(work, "BATCH", 2)
        done = carried_out(tried(question, hr), hr)

        assert (done.looked_at, done.changes.count(), {score for score, _p in results()}) == (6, 6, {Decimal(100)})


def waiting(attempt, question):
    """The attempt as if people had to mark the answer to the question."""
    UnitProgress.objects.update(completed_at=None)
    Enrolment.objects.update(completed_at=None)
    Response.objects.filter(attempt=attempt, version__question=question).update(fraction=None, needs_person=True)
    Attempt.objects.update(state="submitted", score=None, passed=None)
    return attempt


def _once_then_fail():
    calls = []

    def tell(_regrade, _changes):
        calls.append(1)
        if len(calls) > 1:
            raise RuntimeError

    return tell


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.AUDITOR])
def test_changes_are_seen_by_who_sees_the_people(quiz, question, hr, hire, role):
    take(hire(), quiz, "b", "a")
    correct(question, "b")
    regrade = tried(question, hr)

    assert regrade.changes.visible_to(hire(role)).count() == (1 if role == Role.AUDITOR else 0)
