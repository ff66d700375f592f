"""The state of a plan in a word."""

from django.utils.translation import pgettext, pgettext_lazy

from mentoring.development.models import DevelopmentPlan

WORDS = {
    "draft": pgettext_lazy("plan", "Draft"),
    "half": pgettext_lazy("plan", "Waiting for agreement"),
    "agreed": pgettext_lazy("plan", "Agreed"),
    "closed": pgettext_lazy("plan", "Closed"),
}


def word_of(plan: DevelopmentPlan) -> str:
    """In the active language; who has not agreed yet is named by the part he or she plays."""
    if plan.state == "half":
        own = plan.person_agreed_at is None
        return pgettext("plan", "Waiting for the person") if own else pgettext("plan", "Waiting for the partner")
    return str(WORDS[plan.state])
