"""The REST door of points: the ledger, balances as of any moment, reported events, gifts, counter-entries."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from assessments.acts import READ_POINTS, WRITE_POINTS
from assessments.points.actions import Earned, earn, give, void_entry
from assessments.points.balance import balance
from assessments.points.earning import LONGEST_KEY, LONGEST_TITLE
from assessments.points.events import EVENTS, EXTERNAL
from assessments.points.models import MOST_POINTS, PointEntry
from courses.models import Competency
from trainingsite.core import clock
from trainingsite.core.api import MAX_DIGITS, MAX_PAGE_SIZE
from trainingsite.core.days import company_day, end_of
from trainingsite.core.given import FIRST_YEAR, day, moment, whole
from trainingsite.core.tombstones import RESOURCES
from trainingsite.people.access.doors import me
from trainingsite.people.access.sight import records_seen_by
from trainingsite.people.models import User

PAGE_SIZE, MOST_AT_ONCE, LONGEST_REASON = 100, 1000, 300
BAD_MOMENT = gettext_noop("A day or a moment that has been, such as 2026-03-31, is needed.")

RESOURCES.register("points", PointEntry._meta.db_table)


class PointFilter(filters.FilterSet):
    person = filters.CharFilter(field_name="person__external_id", help_text="The person's id in the HR system.")
    employee_number = filters.CharFilter(field_name="person__employee_number")
    event = filters.CharFilter(help_text="The name of the event, such as `course`.")
    competency = filters.CharFilter(field_name="competency__code")
    since = filters.IsoDateTimeFilter(field_name="recorded_at", lookup_expr="gte", help_text="Recorded then or later.")


class PointEntrySerializer(serializers.ModelSerializer[PointEntry]):
    """One entry; it is never changed. `counter_of` is the entry that a counter-entry voids.

    At a moment it is worth `points` × 0.5 ^ (days since `at` / `half_life_days`), all of them where that is null, from
    `recorded_at` on. `weights` is the version of the role profile from which the `factor` comes.
    """

    person = serializers.CharField(source="person.external_id", allow_null=True, help_text="Id in the HR system.")
    employee_number = serializers.CharField(source="person.employee_number", allow_null=True)
    competency = serializers.CharField(source="competency.code", allow_null=True, default=None)
    rule = serializers.IntegerField(
        source="rule.number", allow_null=True, default=None, help_text="Number of the rule."
    )
    by = serializers.CharField(source="by.external_id", allow_null=True, default=None)

    class Meta:
        model = PointEntry
        fields = [
            *("id", "person", "employee_number", "event", "key", "title", "competency", "points", "factor"),
            *("half_life_days", "rule", "weights", "at", "recorded_at", "by", "reason", "counter_of"),
            *("created_at", "modified_at"),
        ]
        read_only_fields = fields


def _person_field() -> Any:
    return serializers.SlugRelatedField[User](
        slug_field="external_id", queryset=User.objects.filter(is_service=False), help_text="Id in the HR system."
    )


class PointEventSerializer(serializers.Serializer[Any]):
    """Something that happened in your system; `key` names it, so that it earns once however often it is sent."""

    person = _person_field()
    event = serializers.CharField(default=EXTERNAL, max_length=24)
    key = serializers.CharField(max_length=LONGEST_KEY)
    title = serializers.CharField(max_length=LONGEST_TITLE)
    at = serializers.DateTimeField()
    competency = serializers.SlugRelatedField[Competency](
        slug_field="code", queryset=Competency.objects.in_use(), required=False, allow_null=True, default=None
    )

    def validate_event(self, value: str) -> str:
        if value not in EVENTS or not EVENTS[value].by_client:
            raise serializers.ValidationError(_("Other systems do not report this event."), code="not_reported")
        return value

    def validate_at(self, value: datetime) -> datetime:
        if value.year < FIRST_YEAR:
            raise serializers.ValidationError(_(BAD_MOMENT), code="out_of_reach")
        return value


class PointGiftSerializer(serializers.Serializer[Any]):
    """Points by hand; the person is told. The same `key` again gives once."""

    person = _person_field()
    points = serializers.IntegerField(min_value=1, max_value=MOST_POINTS)
    reason = serializers.CharField(max_length=LONGEST_REASON)
    key = serializers.CharField(max_length=LONGEST_KEY)


class PointVoidSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=LONGEST_REASON)


class PointBalanceSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    person = serializers.CharField(allow_null=True, help_text="Id in the HR system.")
    employee_number = serializers.CharField(allow_null=True)
    balance = serializers.FloatField()


class PointBalancesSerializer(serializers.Serializer[Any]):
    """A page of balances at one moment; `next` leads on."""

    next = serializers.URLField(allow_null=True)
    as_of = serializers.DateTimeField()
    results = PointBalanceSerializer(many=True)


def _parameter(name: str, description: str, kind: type = str) -> OpenApiParameter:
    return OpenApiParameter(name, kind, description=description)


class PointViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[PointEntry]):
    """The ledger of ability points. Filter by `person`, `event`, `competency`, `since`."""

    serializer_class = PointEntrySerializer
    filterset_class = PointFilter
    http_method_names = ["get", "post", "head", "options"]
    read_act, write_act = READ_POINTS, WRITE_POINTS
    queryset = PointEntry.objects.none()

    def get_queryset(self) -> Any:
        seen = PointEntry.objects.visible_to(me(self.request))
        return seen.select_related("person", "competency", "rule", "by")

    @extend_schema(request=PointEventSerializer(many=True), responses={201: PointEntrySerializer(many=True)})
    def create(self, request: Request) -> Response:
        """Report events, at most 1,000; the answer has the entries of all that earn, also those known before."""
        sent: Any = serializers.ListSerializer(child=PointEventSerializer(), data=request.data, max_length=MOST_AT_ONCE)
        sent.is_valid(raise_exception=True)
        by = me(request).pk
        events = [_event(row, by) for row in sent.validated_data]
        earn(events)
        return Response(PointEntrySerializer(self._entries_of(events), many=True).data, status=201)

    def _entries_of(self, events: Sequence[Earned]) -> Any:
        wanted = {one[:3] for one in events}
        people, names, keys = ({one[part] for one in wanted} for part in range(3))
        rows = self.get_queryset().filter(person__in=people, event__in=names, key__in=keys, counter_of=None)
        return [row for row in rows.order_by("person", "event", "key") if (row.person_id, row.event, row.key) in wanted]

    @extend_schema(request=PointGiftSerializer, responses={201: PointEntrySerializer})
    @action(detail=False, methods=["post"])
    def give(self, request: Request) -> Response:
        """Give points by hand, within the limits of the rule."""
        sent = PointGiftSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        data = sent.validated_data
        how = {"reason": data["reason"], "key": data["key"], "by": me(request), "at": clock.now()}
        return Response(PointEntrySerializer(give(data["person"], data["points"], **how)).data, status=201)

    @extend_schema(request=PointVoidSerializer, responses={201: PointEntrySerializer})
    @action(detail=True, methods=["post"])
    def void(self, request: Request, pk: str) -> Response:  # noqa: ARG002 - get_object reads it
        """Take an entry back by its counter-entry; the person is told the reason."""
        sent = PointVoidSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        made = void_entry(self.get_object(), reason=sent.validated_data["reason"], by=me(request), at=clock.now())
        return Response(PointEntrySerializer(made).data, status=201)

    @extend_schema(
        parameters=[
            _parameter("person", "The person's id in the HR system; without one, everybody who works here."),
            _parameter("as_of", "A day (its end counts) or a moment with its time zone; without one, now."),
            _parameter("after", "Only people with a higher id; `next` holds it.", int),
            _parameter("page_size", f"People a page, at most {MAX_PAGE_SIZE}.", int),
        ],
        responses=PointBalancesSerializer,
        filters=False,
    )
    @action(detail=False, methods=["get"], pagination_class=None)
    def balance(self, request: Request) -> Response:
        """Balances at a moment; a past one comes out the same whenever it is asked."""
        at = _moment(request.query_params.get("as_of", ""))
        size = _number(request, "page_size", PAGE_SIZE, MAX_PAGE_SIZE, least=1)
        people = _people(request).filter(pk__gt=_number(request, "after", 0, 10**MAX_DIGITS))
        found = list(people.order_by("pk").values("id", "employee_number", person=F("external_id"))[: size + 1])
        left = balance([row["id"] for row in found[:size]], at=at)
        rows = [{**row, "balance": left[row["id"]]} for row in found[:size]]
        more = len(found) > size
        link = replace_query_param(request.build_absolute_uri(), "after", rows[-1]["id"]) if more else None
        return Response(PointBalancesSerializer({"next": link, "as_of": at, "results": rows}).data)


def _event(row: dict[str, Any], by: int) -> Earned:
    competency = row["competency"]
    of = competency.pk if competency else None
    return Earned(row["person"].pk, row["event"], row["key"], row["title"], row["at"], of, by)


def _people(request: Request) -> Any:
    people = User.objects.filter(records_seen_by(me(request), ""), is_service=False)
    if asked := request.query_params.get("person"):
        return people.filter(external_id=asked)
    return people.employed(clock.today())


def _moment(text: str) -> datetime:
    """The end of a day, a moment, or now; never later than now."""
    now = clock.now()
    if not text or (asked := day(text)) == company_day(now):
        return now
    at = end_of(asked) if asked else moment(text.replace(" ", "+"))  # an unescaped + of a time zone arrives as a space
    if at is None or at > now:
        raise ValidationError({"as_of": [_(BAD_MOMENT)]})
    return at


def _number(request: Request, name: str, default: int, highest: int, *, least: int = 0) -> int:
    number = whole(request.query_params.get(name, str(default)), highest, least=least)
    if number is None:
        raise ValidationError({name: [f"A whole number from {least} to {highest}."]})
    return number
