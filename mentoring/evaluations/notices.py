"""The words by which evaluations are asked for."""

from typing import Any

from django.utils.translation import gettext as _

from mentoring.evaluations.models import Moment
from trainingsite.notices.kinds import KINDS, Kind


def asked(facts: dict[str, Any]) -> str:
    words = {
        Moment.HALF_TIME: _("Half-time with %(other)s: how is it going? Please evaluate"),
        Moment.END: _("The time with %(other)s ends: how was it? Please evaluate"),
    }
    return words[Moment(facts["moment"])] % facts


KINDS.register("pairing_evaluation", Kind(asked, "star"))
