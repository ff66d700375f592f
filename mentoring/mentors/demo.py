"""The demo company's mentors: those who learnt to guide, each strong in what the job asks, with a story of the own."""

from random import Random

from courses.models import Competency
from mentoring.mentors.actions import save_mentor
from trainingsite.core.demo import Story
from trainingsite.people.demo import read
from trainingsite.people.models import User

CAPACITIES = (2, 3, 3, 4)


def tell(story: Story) -> list[User]:
    """All whom the story kept as mentors; the login `mentor` is the first of them."""
    chance, texts = Random("profiles of mentors"), read("mentoring_mentors")
    competencies = list(Competency.objects.in_use().order_by("pk"))
    known = User.objects.in_bulk(story.kept["mentors"])
    people = [known[pk] for pk in story.kept["mentors"]]
    for number, person in enumerate(people):
        save_mentor(
            person,
            competencies=chance.sample(competencies, chance.choice([3, 4])),
            capacity=chance.choice(CAPACITIES),
            experience=texts["experiences"][number % len(texts["experiences"])],
            on=story.today,
        )
    return people
