from django.utils.translation import gettext_lazy as _

from assessments.acts import OWN_CERTIFICATES, VIEW_CERTIFICATIONS
from assessments.attempts.hooks import IMPROVED
from assessments.certification import notices, panels, person_panel
from assessments.certification.actions import certify_due
from courses.enrolment.hooks import COMPLETED
from trainingsite.core.navigation import Place, register

__all__ = ["notices", "panels", "person_panel"]  # they register kinds of notice and panels

COMPLETED.register("certificates", certify_due)
IMPROVED.register("certificates", certify_due)
register(
    Place(
        _("My certificates"), "certificate", "my-certificates", act=OWN_CERTIFICATES, section="learn", order=40, phone=4
    )
)
register(Place(_("Certifications"), "award", "certifications", act=VIEW_CERTIFICATIONS, section="assess", order=30))
