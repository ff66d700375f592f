"""What the next steps of a career ask in ability points, for the ledger's pages."""

from collections.abc import Iterator
from datetime import date

from assessments.points.steps import ASKS, Ask
from mentoring.careers.models import CareerStep
from trainingsite.core import clock
from trainingsite.core.days import company_day
from trainingsite.people.models import User


def asked_points(person: User, day: date) -> Iterator[Ask]:
    """Each step that leads on from the person's job and asks for points; one query.

    Steps are kept as they are today, so of a past day nothing is said.
    """
    if day < company_day(clock.now()):
        return
    steps = CareerStep.objects.from_job(person.position_id, person.grade).filter(points__gt=0)
    for step in steps.select_related("to_position"):
        yield Ask(f"{step.to_position} {step.to_grade}".strip(), step.points or 0, step.get_absolute_url())


ASKS.register("careers", asked_points)
