"""The demo company's rules of mentoring: mentors hold the certificate of the course about coaching."""

from assessments.models import Certification
from mentoring.guidance.actions import save_rule
from trainingsite.core.demo import Story
from trainingsite.people.demo import read

CERTIFICATE = "mentor-ready"


def tell(_story: Story) -> None:
    """The rule is younger than most of the pairings, so that it is told after them."""
    certification = Certification.objects.get(code=CERTIFICATE)
    save_rule(certification=certification, **read("mentoring_mentors")["rule"])
