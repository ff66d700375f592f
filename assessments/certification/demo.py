"""The demo company's certifications, and the certificates that two years of learning have earned."""

from django.utils import timezone

from assessments.certification.actions import certify_due
from assessments.certification.models import Certification
from courses.models import Course, Enrolment
from trainingsite.core.demo import Story
from trainingsite.people.demo import moment, read


def tell(story: Story) -> None:
    for row in read("certifications")["certifications"]:
        certification = Certification.objects.create(
            code=row["code"],
            title=row["title"],
            summary=row["summary"],
            minimum_score=row["minimum_score"],
            valid_months=row["valid_months"],
        )
        certification.courses.set(Course.objects.filter(code__in=row["courses"]))
    done = Enrolment.objects.completed().values_list("pk", flat=True)
    certify_due(list(done), timezone.localtime(moment(story.today, 20)))
