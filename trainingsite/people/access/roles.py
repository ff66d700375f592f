from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    HR = "hr", _("HR")
    SUPERVISOR = "supervisor", _("Supervisor")
    INSTRUCTOR = "instructor", _("Instructor")
    MENTOR = "mentor", pgettext_lazy("role", "Mentor")
    ASSESSOR = "assessor", _("Assessor")
    TRAINEE = "trainee", _("Trainee")
    AUDITOR = "auditor", _("Auditor")
    ADMIN = "admin", _("Administrator")
    API_CLIENT = "api_client", _("API client")


HUMAN = frozenset(Role) - {Role.API_CLIENT}
# These see the training data of everybody; the administrator sets things up and sees no one's results.
SEES_ALL = frozenset({Role.HR, Role.AUDITOR, Role.API_CLIENT})
