"""What this app plugs into the registries of the lower ones; imported when Django starts."""

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from trainingsite.notices.models import Notice
from trainingsite.people.access.carried import CARRIED

_unread = Notice.objects.filter(person=OuterRef("pk")).unread().order_by().values("person")

CARRIED.register(
    "notices_unread",
    Coalesce(Subquery(_unread.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0),
)
