"""The page on which HR makes or changes a survey: the frame, the questions, the audience."""

from dataclasses import dataclass

from django.http import HttpRequest

from assessments.surveys.actions import save_survey
from assessments.surveys.forms import Builder, SurveyForm
from assessments.surveys.models import Survey
from courses.audiences.forms import AudienceForm
from courses.audiences.reach import Reach, reach_shown
from trainingsite.core import clock
from trainingsite.core.errors import Refused, show_refusal
from trainingsite.people.access.doors import me


@dataclass
class BuilderPage:
    """The three forms of the page, filled from a survey or from what was posted."""

    survey: Survey | None
    form: SurveyForm
    who: AudienceForm
    builder: Builder

    @property
    def reach(self) -> Reach | None:
        """Whom the audience reaches, as it was sent or as it is."""
        return reach_shown(self.who, self.survey.conditions if self.survey else [])

    @classmethod
    def opened(cls, survey: Survey | None) -> "BuilderPage":
        form = SurveyForm(on=clock.today(), survey=survey)
        who = AudienceForm(audience=survey.audience if survey else None)
        return cls(survey, form, who, Builder.of(list(survey.questions.all()) if survey else []))

    @classmethod
    def posted(cls, request: HttpRequest, survey: Survey | None) -> "BuilderPage":
        form = SurveyForm(request.POST, on=clock.today(), survey=survey)
        who = AudienceForm(request.POST, audience=survey.audience if survey else None)
        return cls(survey, form, who, Builder.posted(request.POST, bound=True))

    def save(self, request: HttpRequest) -> Survey | None:
        """The saved survey; None when something has to be corrected, which then stands at its field."""
        if not all([self.form.is_valid(), self.who.is_valid(), self.builder.is_valid()]):
            return None
        owner = me(request)
        try:
            audience = self.who.audience(owner)
            return save_survey(self.survey, self.form.frame(), self.builder.drafts(), audience=audience, owner=owner)
        except Refused as refusal:
            show_refusal(self.form, refusal)
            return None
