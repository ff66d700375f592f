"""What mentor and mentee say of each other at half-time and at the end."""

from typing import Self

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mentoring.job_plans.models import Side
from mentoring.pairings.models import Pairing
from trainingsite.core.facts import fact
from trainingsite.core.models import Stamped
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User

FEWEST_RATINGS = 3  # mentees; a mean over fewer would tell who said what
STARS = [MinValueValidator(1), MaxValueValidator(5)]


class Moment(models.TextChoices):
    HALF_TIME = "half", pgettext_lazy("evaluation", "Half-time")
    END = "end", pgettext_lazy("evaluation", "End")


class Criterion(models.TextChoices):
    """What stars are given for: the first four by the mentee, the others by the mentor."""

    TIME = "time", pgettext_lazy("evaluation", "Takes time for me")
    CLARITY = "clarity", pgettext_lazy("evaluation", "Explains so that I understand")
    FEEDBACK = "feedback", pgettext_lazy("evaluation", "Gives feedback I can use")
    SAFETY = "safety", pgettext_lazy("evaluation", "I dare to say what went wrong")
    ATTITUDE = "attitude", pgettext_lazy("evaluation", "Attitude to service")
    KNOWLEDGE = "knowledge", pgettext_lazy("evaluation", "Knowledge of products and rules")
    HANDLING = "handling", pgettext_lazy("evaluation", "Handling of conversations")
    INDEPENDENCE = "independence", pgettext_lazy("evaluation", "Works independently")


ASKED = {
    Side.MENTEE: (Criterion.TIME, Criterion.CLARITY, Criterion.FEEDBACK, Criterion.SAFETY),
    Side.MENTOR: (Criterion.ATTITUDE, Criterion.KNOWLEDGE, Criterion.HANDLING, Criterion.INDEPENDENCE),
}


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def of_mentors(self) -> Self:
        """What mentees said."""
        return self.filter(side=Side.MENTEE)

    def last_words(self) -> Self:
        """What each mentee said last of each mentor: from `FEWEST_RATINGS` mentees on the mean of it is the rating."""
        later = Evaluation.objects.of_mentors().filter(
            Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")),
            pairing__mentor=OuterRef("pairing__mentor"),
            pairing__mentee=OuterRef("pairing__mentee"),
        )
        return self.of_mentors().filter(~Exists(later))

    def visible_to(self, user: User) -> Self:
        """One's own words; what mentors say, to whoever sees the mentee's records and to the mentee.

        What a mentee says is read by those who see the mentee's records, but never by the mentor it is about.
        """
        seen = records_seen_by(user, "pairing__mentee")
        said_of_mentor = Q(side=Side.MENTEE, pairing__mentor=user.pk)
        mine = Q(by=user.pk) | Q(side=Side.MENTOR, pairing__mentee=user.pk)
        return self.exclude(said_of_mentor).filter(seen | mine) if seen else self.exclude(said_of_mentor)


@fact
class Evaluation(Stamped):
    """One side's words about the other at one moment, given once."""

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="evaluations")
    moment = models.CharField(max_length=4, choices=Moment.choices)
    side = models.CharField(max_length=6, choices=Side.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    stars = models.PositiveSmallIntegerField(_("overall"), validators=STARS)
    text = models.TextField(_("in your words"), max_length=2000, blank=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta(Stamped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["pairing", "moment", "side"], name="evaluated_once"),
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="pairing_evaluation_stars"),
        ]
        triggers = [*Stamped.Meta.triggers, pgtrigger.Protect(name="keep_evaluation", operation=pgtrigger.Update)]


@fact
class EvaluationMark(models.Model):
    """The stars for one criterion, given once."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="marks")
    criterion = models.CharField(max_length=12, choices=Criterion.choices)
    stars = models.PositiveSmallIntegerField(validators=STARS)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "criterion"], name="one_mark_a_criterion"),
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="evaluation_mark_stars"),
        ]
        triggers = [pgtrigger.Protect(name="keep_evaluation_mark", operation=pgtrigger.Update)]
