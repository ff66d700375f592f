"""Practice of the past makes the same rows as answers one by one."""

from assessments.models import Card, Review, Sitting
from assessments.practice.history import record_practice
from assessments.practice.rounds import todays
from tests.assessments.practice.practising import DAY, NEXT, noon, reply

PLAN = ("question", "stability", "difficulty", "last_on", "due_on", "reps", "lapses", "terms")
FACTS = ("card__question", "day", "number", "fraction", "rating", "interval", "predicted")
SITTING = ("person", "day", "cards", "streak")


def seen():
    return [
        list(Card.objects.order_by("question").values_list(*PLAN)),
        list(Review.objects.order_by("day", "card", "number").values_list(*FACTS)),
        list(Sitting.objects.order_by("day").values_list(*SITTING)),
        Sitting.objects.filter(finished_at=None).count(),
    ]


def right_on(question, day, number):
    """Some rule of who knows what."""
    return number > 1 or (question.pk + day.day) % 3 > 0


def test_the_past_is_what_answering_day_by_day_would_have_made(trainee, questions):
    days = [NEXT + number * DAY for number in (0, 1, 2, 5, 6, 9)]
    before = list(Card.objects.values())
    for day in days:
        while (current := todays(trainee, day, at=noon(day))) and (question := current.next):
            number = len(current.answers.get(question.pk, [])) + 1
            reply(trainee, question, right_on(question, day, number), day=day, number=number)
    wanted = seen()
    Sitting.objects.all().delete()
    Review.objects.all().delete()
    for row in before:
        Card.objects.filter(pk=row["id"]).update(**row)
    planned = [(trainee.pk, day, noon(day)) for day in days]
    made = record_practice(planned, lambda card, day, number: ["a" if right_on(card.question, day, number) else "b"])
    assert made == len(wanted[1])
    assert seen() == wanted


def test_who_has_no_card_leaves_nothing(hire):
    assert record_practice([(hire().pk, NEXT, noon(NEXT))], lambda *_: ["a"]) == 0
