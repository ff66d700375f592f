"""Who gets through at practice, its drills, and what is measured of it."""

from assessments.models import Card, Drill, DrillPerson, Review
from assessments.practice.intake import take_in
from assessments.practice.scheduling import DAY
from tests.access.matrix import Row
from tests.assessments.practice.practising import FIRST, attempted, noon
from tests.factories.assessments import QuizFactory
from tests.factories.courses import TopicFactory, UnitFactory

WHO = "trainee"
READERS = "hr auditor api_client"


def review_of(world, person):
    def make():
        attempted(QuizFactory(unit=UnitFactory(kind="quiz")), person, 1)
        take_in()
        card = Card.objects.filter(person=person).get()
        given = {"day": FIRST + DAY, "number": 1, "at": noon(FIRST + DAY), "fraction": 1, "rating": 3, "answer": ["a"]}
        return Review.objects.create(card=card, person=person, version=card.question.current, **given)

    return world.make(f"review of {person.pk}", make)


def review(world, person):
    return {"pk": review_of(world, person).pk}


def foreign_review(world, _person):
    return {"pk": review_of(world, world.stranger).pk}


def topic(world, _person):
    return {"pk": world.make("topic of practice", TopicFactory).pk}


def drill_of(world, person):
    def make():
        drill = Drill.objects.create(title="错题回炉", due_on=FIRST, opened_at=noon(FIRST))
        DrillPerson.objects.create(drill=drill, person=person)
        return drill

    return world.make(f"drill of {person.pk}", make)


def drill(world, person):
    return {"pk": drill_of(world, person).pk}


def foreign_drill(world, _person):
    return {"pk": drill_of(world, world.stranger).pk}


def api_card(world, _person):
    return {"pk": review_of(world, world.agent).card_id}


def api_review(world, _person):
    return {"pk": review_of(world, world.agent).pk}


ROWS = {
    "practice": Row(WHO),
    "practice-answer": Row(WHO, methods="POST"),
    "practice-told": Row(WHO, own=review, foreign=foreign_review),
    "practice-progress": Row(WHO),
    "practice-drill": Row(WHO, own=drill, foreign=foreign_drill),
    "drill-results": Row("hr supervisor auditor", own=drill),
    "practice-retention": Row("hr supervisor auditor"),
    "practice-missed": Row("hr supervisor auditor", own=topic),
    "practice-retention-csv": Row("hr supervisor auditor"),
    "GET /api/v1/practice/cards/": Row(READERS),
    "GET /api/v1/practice/cards/{pk}/": Row(READERS, own=api_card),
    "GET /api/v1/practice/reviews/": Row(READERS),
    "GET /api/v1/practice/reviews/{pk}/": Row(READERS, own=api_review),
}
