"""The questions that a group misses most: how they are picked, given, worked off and reported."""

import pytest

from assessments.models import Card, Drill, DrillPerson, Review
from assessments.practice import drills
from assessments.practice.actions import the_round
from assessments.practice.drills import most_missed, open_drill, results, unfinished
from assessments.practice.results import report_of
from assessments.questions.models import Status
from courses.models import Occurrence
from courses.refreshers.models import Refresher
from courses.refreshers.whats import WHATS, Result
from tests.assessments.practice.practising import DAY, FIRST, NEXT, noon, reply
from tests.assessments.statistics.answering import answered, single
from tests.factories.assessments import QuestionFactory
from tests.factories.courses import AudienceFactory
from trainingsite.core.errors import Refused
from trainingsite.people.access.roles import Role

AT = noon(NEXT)


@pytest.fixture
def group(hire):
    return [hire() for _ in range(5)]


@pytest.fixture
def often_missed(quiz, group):
    """Three questions that none, two and four of the five got right; two of them were right in a second attempt."""
    found = [QuestionFactory(topic=quiz.unit.course.topic, code=code) for code in ("hard", "middle", "easy")]
    for place, person in enumerate(group):
        rights = (False, place < 2, place < 4)
        answers = {question: single(right) for question, right in zip(found, rights, strict=True)}
        answered(quiz, answers, person, at=noon(FIRST))
        answered(quiz, {found[0]: single(True)}, person, at=noon(FIRST + DAY))
    return found


@pytest.fixture
def occurrence(db):
    return run()


def run(on=NEXT):
    refresher = Refresher.objects.create(
        title="错题回炉",
        what="most_missed",
        audience=AudienceFactory(),
        rrule="FREQ=MONTHLY",
        starts_on=on,
        runs_from=on,
    )
    return Occurrence.objects.create(refresher=refresher, on=on, due_on=on + 7 * DAY)


def ids(people):
    return [person.pk for person in people]


def test_the_first_answers_say_what_is_missed_most(group, often_missed):
    found = most_missed(ids(group), at=AT)
    assert [(row.question, float(row.mean), row.people) for row in found] == [
        (often_missed[0].pk, 0.0, 5),
        (often_missed[1].pk, 0.4, 5),
        (often_missed[2].pk, 0.8, 5),
    ]


def test_fewer_than_five_people_say_nothing_and_neither_do_old_answers(group, often_missed):
    assert most_missed(ids(group[:4]), at=AT) == []
    assert most_missed(ids(group), at=AT + 200 * DAY) == []


def test_what_nobody_missed_or_nobody_asks_any_more_is_left_out(group, often_missed, quiz):
    never = QuestionFactory(topic=quiz.unit.course.topic)
    for person in group:
        answered(quiz, {never: single(True)}, person, at=noon(FIRST))
    often_missed[0].status = Status.RETIRED
    often_missed[0].save()
    assert [row.question for row in most_missed(ids(group), at=AT)] == ids(often_missed[1:])


def test_equals_come_by_code_and_ten_are_enough(group, quiz):
    found = [QuestionFactory(topic=quiz.unit.course.topic, code=f"c-{n:02}") for n in reversed(range(12))]
    for person in group:
        answered(quiz, dict.fromkeys(found, single(False)), person, at=noon(FIRST))
    codes = [question.code for question in reversed(found)]
    by_id = {question.pk: question.code for question in found}
    assert [by_id[row.question] for row in most_missed(ids(group), at=AT)] == codes[:10]


def test_opening_gives_everybody_the_questions_once(group, often_missed, occurrence):
    assert open_drill(occurrence, ids(group), at=AT) == 5
    assert open_drill(occurrence, ids(group), at=AT) == 0
    drill = Drill.objects.get()
    assert [one.question for one in drill.questions.all()] == often_missed
    assert (drill.title, drill.due_on) == ("错题回炉", NEXT + 7 * DAY)
    assert unfinished(occurrence) == [(person.pk, f"/practice/drills/{drill.pk}/") for person in group]
    assert results([occurrence]) == {occurrence.pk: Result(5, 0)}


def test_too_few_answers_are_refused_and_nobody_gets_nothing(group, occurrence):
    with pytest.raises(Refused) as refusal:
        open_drill(occurrence, ids(group), at=AT)
    assert refusal.value.code == "too_few_answers"
    assert open_drill(occurrence, [], at=AT) == 0
    assert not Drill.objects.exists()


def test_a_person_works_it_off_and_cards_come_of_it(group, often_missed, occurrence):
    open_drill(occurrence, ids(group), at=AT)
    drill, person = Drill.objects.get(), group[0]
    for question in often_missed:
        reply(person, question, right=question != often_missed[0], drill=drill.pk)
    assert the_round(person, NEXT, at=AT, drill=drill.pk).left == [often_missed[0].pk]
    reply(person, often_missed[0], number=2, drill=drill.pk)
    mine = DrillPerson.objects.get(person=person)
    assert (mine.done_at, mine.right) == (AT, 2)
    assert results([occurrence]) == {occurrence.pk: Result(5, 1)}
    assert person.pk not in dict(unfinished(occurrence))
    cards = Card.objects.filter(person=person).order_by("question__code")
    assert [(card.began, card.reps, card.course) for card in cards] == [(None, 1, None)] * 3


def test_a_drill_over_two_days_goes_on_where_it_was(group, often_missed, occurrence):
    open_drill(occurrence, ids(group), at=AT)
    drill, person = Drill.objects.get(), group[0]
    reply(person, often_missed[0], drill=drill.pk)
    later = the_round(person, NEXT + DAY, at=noon(NEXT + DAY), drill=drill.pk)
    assert later.left == ids(often_missed[1:])


def test_who_is_not_in_it_has_no_part_in_it(group, often_missed, occurrence, hire):
    open_drill(occurrence, ids(group), at=AT)
    with pytest.raises(DrillPerson.DoesNotExist):
        reply(hire(), often_missed[0], drill=Drill.objects.get().pk)
    assert Review.objects.count() == 0


def test_the_report_compares_with_before_for_those_i_may_see(group, often_missed, occurrence, hire):
    open_drill(occurrence, ids(group), at=AT)
    drill = Drill.objects.get()
    for person in group[:2]:
        reply(person, often_missed[0], drill=drill.pk)
        reply(person, often_missed[1], right=person == group[0], drill=drill.pk)
    report = report_of(drill, hire(Role.HR))
    assert (report.total, report.done) == (5, 0)
    assert [(line.now, line.answers) for line in report.lines] == [(1.0, 2), (0.5, 2), (None, 0)]
    assert [line.change for line in report.lines] == [100.0, pytest.approx(10.0), None]
    assert (report.right, report.before) == (0.75, pytest.approx(0.2))
    assert report_of(drill, hire(Role.SUPERVISOR, department="sales")).total == 0


def test_the_kind_of_refresher_is_registered(occurrence):
    kind = WHATS["most_missed"]
    assert (kind.open, kind.minutes(occurrence.refresher)) == (open_drill, drills.MINUTES)
    assert "10" in kind.about(occurrence.refresher)
