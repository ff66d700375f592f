from django.utils.translation import gettext_lazy as _

from assessments.acts import OWN_CERTIFICATES, VIEW_CERTIFICATIONS
from assessments.attempts.hooks import IMPROVED
from assessments.certification import board, conditions, notices, panels, person_panel, programme_items
from assessments.certification.actions import certify_due
from courses.enrolment.hooks import COMPLETED
from trainingsite.core.navigation import Place, register

__all__ = ["board", "conditions", "notices", "panels", "person_panel", "programme_items"]  # they register

COMPLETED.register("certificates", certify_due)
IMPROVED.register("certificates", certify_due)
COMPLETED.register("certified", programme_items.settle_certified)
IMPROVED.register("certified", programme_items.settle_certified)
register(
    Place(
        _("My certificates"), "certificate", "my-certificates", act=OWN_CERTIFICATES, section="learn", order=40, phone=4
    )
)
register(Place(_("Certifications"), "award", "certifications", act=VIEW_CERTIFICATIONS, section="assess", order=30))
