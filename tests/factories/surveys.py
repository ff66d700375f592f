from datetime import date

import factory
from factory.django import DjangoModelFactory

from assessments.models import Survey, SurveyQuestion
from tests.factories.courses import MONDAY, AudienceFactory

ASKED = (("scale", "讲得清楚吗", []), ("choice", "节奏如何", ["快", "慢"]), ("text", "建议", []))


class SurveyFactory(DjangoModelFactory):
    """A named draft for everybody, from 1 to 10 June 2026: a scale, a choice, and a text that may stay empty."""

    class Meta:
        model = Survey

    title = "新人培训反馈"
    audience = factory.SubFactory(AudienceFactory)
    is_anonymous = False
    opens_on = MONDAY
    closes_on = date(2026, 6, 10)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        questions = kwargs.pop("questions", ASKED)
        survey = super()._create(model_class, *args, **kwargs)
        for position, (kind, text, options) in enumerate(questions):
            SurveyQuestion.objects.create(
                survey=survey, position=position, kind=kind, text=text, options=options, is_required=kind != "text"
            )
        return survey
