from datetime import date, datetime, time, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from courses.models import BusyImport, BusyTime, PlanningRule, Season, TrainingBudget
from tests.factories.courses import EnrolmentFactory
from tests.factories.planning import SeasonFactory, SessionFactory
from trainingsite.core.models import Job
from trainingsite.people.access.roles import Role

DAY = timedelta(days=1)
NEXT = timezone.now().year + 1
CAMPAIGN = {"name": "店庆", "starts_on": f"{NEXT}-05-01", "ends_on": f"{NEXT}-05-03", "blackout": "on"}
HEADINGS = ["工号", "开始", "结束", "类型"]


@pytest.fixture
def browse(as_, hire):
    return as_(hire(Role.HR, department="centre", name="人力"))


def sheet(*rows, headings=HEADINGS, name="班表.csv"):
    text = "\n".join(",".join(row) for row in (headings, *rows))
    return SimpleUploadedFile(name, text.encode("utf-8-sig"))


def test_ready_seasons_are_loaded_with_adjusted_days(browse):
    address = reverse("season-ready", args=[2027])
    form = browse.get(address).context["form"]
    sent = {f"{n}-{name}": str(field.initial) for n in range(4) for name, field in _fields(form, n)}
    sent = {**sent, **{f"{n}-take": "on" for n in range(4)}, "2-starts_on": "2027-11-01"}

    seen = browse.post(address, sent).context["seen"]
    response = browse.post(address, {**sent, "seen": seen})

    assert (response.status_code, Season.objects.count()) == (302, 4)
    assert Season.objects.get(ready="double-11-2027").starts_on == date(2027, 11, 1)


def _fields(form, number):
    return [(name, form.fields[f"{number}-{name}"]) for name in ("starts_on", "ends_on")]


def test_ready_seasons_are_loaded_at_once_when_nothing_was_changed_and_some_left_out(browse):
    address = reverse("season-ready", args=[2027])
    context = browse.get(address).context
    sent = {f"{n}-{name}": str(field.initial) for n in range(4) for name, field in _fields(context["form"], n)}

    browse.post(address, {**sent, **{f"{n}-take": "on" for n in range(4)}, "seen": context["seen"]})
    assert Season.objects.count() == 4

    assert browse.get(address).url == f"{reverse('seasons')}?year=2027"


def test_bad_day_of_a_ready_season_is_said_at_it_and_nothing_is_loaded(browse):
    address = reverse("season-ready", args=[2027])
    sent = {f"{n}-{name}": "2027-01-05" for n in range(4) for name in ("starts_on", "ends_on")}

    response = browse.post(address, {**sent, "0-ends_on": "2027-01-01", "1-starts_on": "bald"})

    assert (response.status_code, sorted(response.context["form"].errors)) == (422, ["0-ends_on", "1-starts_on"])
    assert Season.objects.count() == 0


def test_campaign_that_hits_nothing_is_saved_at_once(browse):
    response = browse.post(reverse("season-new"), CAMPAIGN)

    season = Season.objects.get()
    assert response.url == reverse("season", args=[season.pk])
    assert (season.name, season.blackout, season.max_in_training_percent) == ("店庆", True, None)


def test_campaign_that_hits_something_is_shown_first_and_moves_due_dates_by_a_job(browse, hire):
    EnrolmentFactory(person=hire(), due_on=date(NEXT, 5, 2))
    begin = timezone.make_aware(datetime.combine(date(NEXT, 5, 1), time(10)))
    session = SessionFactory(starts_at=begin, ends_at=begin + timedelta(hours=1))

    response = browse.post(reverse("season-new"), CAMPAIGN)
    (effect,) = response.context["effects"]
    assert (effect.due, [event.label for event in effect.events], Season.objects.count()) == (1, [session.title], 0)

    saved = browse.post(reverse("season-new"), {**CAMPAIGN, "seen": response.context["seen"], "move_due": "on"})

    job = Job.objects.get()
    assert (saved.url, job.arguments) == (reverse("job", args=[job.pk]), {"season": Season.objects.get().pk})


def test_changed_days_are_shown_again_before_they_are_saved(browse, hire):
    EnrolmentFactory(person=hire(), due_on=date(NEXT, 5, 2))
    seen = browse.post(reverse("season-new"), CAMPAIGN).context["seen"]

    response = browse.post(reverse("season-new"), {**CAMPAIGN, "ends_on": f"{NEXT}-05-04", "seen": seen})

    assert (response.status_code, Season.objects.count()) == (200, 0)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"starts_on": "bald"}, "starts_on"),
        ({"ends_on": f"{NEXT}-04-01"}, "ends_on"),
        ({"max_in_training_percent": "101"}, "max_in_training_percent"),
    ],
)
def test_bad_campaign_is_refused_at_its_field(browse, changed, field):
    response = browse.post(reverse("season-new"), {**CAMPAIGN, **changed})

    assert (response.status_code, list(response.context["form"].errors), Season.objects.count()) == (422, [field], 0)


def test_season_page_says_what_is_still_inside_and_removing_it_is_harmless_twice(browse, hire):
    season = SeasonFactory(starts_on=date(NEXT, 5, 1), ends_on=date(NEXT, 5, 3))
    EnrolmentFactory(person=hire(), due_on=date(NEXT, 5, 2))

    assert browse.get(reverse("season", args=[season.pk])).context["effect"].due == 1
    codes = [browse.post(reverse("season-remove", args=[season.pk])).status_code for _repeat in range(2)]

    assert (codes, Season.objects.count()) == ([302, 404], 0)


def test_usual_limit_is_changed_on_its_page(browse):
    assert browse.post(reverse("planning-rule"), {"max_in_training_percent": "0"}).status_code == 422
    browse.post(reverse("planning-rule"), {"max_in_training_percent": "30"})

    assert PlanningRule.objects.get().max_in_training_percent == 30


def test_budgets_are_all_kept_or_none(browse, company):
    care, sales = company["care"].pk, company["sales"].pk
    address = f"{reverse('budgets')}?quarter=2026-4"

    refused = browse.post(address, {f"hours-{care}": "120", f"hours-{sales}": "-5"})
    assert (refused.status_code, TrainingBudget.objects.count()) == (422, 0)
    browse.post(address, {f"hours-{care}": "120", f"hours-{sales}": ""})

    assert list(TrainingBudget.objects.values_list("department", "hours")) == [(care, 120)]


def test_file_of_shifts_is_previewed_and_applied_once(browse, hire):
    person = hire()
    row = [person.employee_number, "2026-11-23 09:00", "2026/11/23 18:00", "排班"]
    preview = browse.post(reverse("busy-upload"), {"file": sheet(row)}).url

    assert [(r["person"], r["state"]) for r in browse.get(preview).context["rows"]] == [(person, "new")]
    assert BusyTime.objects.count() == 0
    upload = BusyImport.objects.get()
    for _repeat in range(2):
        browse.post(reverse("busy-apply", args=[upload.pk]))

    (busy,) = BusyTime.objects.all()
    hours = (busy.period.upper - busy.period.lower).total_seconds() / 3600
    assert (busy.person, busy.kind, hours) == (person, "shift", 9)


def test_excel_file_is_read_with_its_hours(browse, hire):
    person = hire()
    book = Workbook()
    begin = datetime.combine(date(2026, 11, 23), time(9))
    for row in (HEADINGS, [person.employee_number, begin, begin + timedelta(hours=8), "leave"]):
        book.active.append(row)
    data = BytesIO()
    book.save(data)

    browse.post(reverse("busy-upload"), {"file": SimpleUploadedFile("班表.xlsx", data.getvalue())})
    browse.post(reverse("busy-apply", args=[BusyImport.objects.get().pk]))

    (busy,) = BusyTime.objects.all()
    assert (busy.kind, timezone.localtime(busy.period.lower).hour) == ("leave", 9)


def test_one_wrong_row_keeps_the_whole_file_out(browse, hire):
    good = [hire().employee_number, "2026-11-23 09:00", "2026-11-23 18:00", "排班"]
    bad = ["E-nobody", "2026-11-23 09:00", "2026-11-23 08:00", "度假"]
    preview = browse.post(reverse("busy-upload"), {"file": sheet(good, bad)}).url

    context = browse.get(preview).context
    assert [(line, problem.field) for line, problem in context["wrong"]] == [
        (3, "employee_number"),
        (3, "kind"),
        (3, "ends_at"),
    ]
    browse.post(reverse("busy-apply", args=[BusyImport.objects.get().pk]))

    assert BusyTime.objects.count() == 0


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("leer.csv", b""),
        SimpleUploadedFile("bild.csv", b"\x89PNG\r\n"),
        sheet(headings=["工号", "开始"]),
        sheet(["E1", "a", "b", "c", "d"], headings=[*HEADINGS, "颜色"]),
        sheet(),
    ],
)
def test_file_that_is_no_roster_is_refused_at_the_field(browse, file):
    response = browse.post(reverse("busy-upload"), {"file": file})

    assert (response.status_code, list(response.context["form"].errors), BusyImport.objects.count()) == (
        422,
        ["file"],
        0,
    )


def test_export_holds_what_the_board_shows(browse):
    SeasonFactory()
    SessionFactory(title="=投诉处理工作坊")

    lines = b"".join(browse.get(f"{reverse('board-export')}?quarter=2026-4")).decode("utf-8-sig").splitlines()

    assert len(lines) == 3
    assert "双12,2026-12-08,2026-12-14" in lines[1]
    assert "'=投诉处理工作坊,2026-12-01,2026-12-01,09:00" in lines[2]


def test_small_board_is_fetched_by_hrs_first_page(browse):
    SessionFactory()

    assert reverse("board-small") in browse.get("/").content.decode()
    assert browse.get(f"{reverse('board-small')}?quarter=2026-4").context["board"].lanes


@pytest.mark.parametrize("rows", [1, 30])
def test_seasons_take_eight_queries(browse, rows, django_assert_max_num_queries):
    for number in range(rows):
        SeasonFactory(starts_on=date(2026, 1, 1) + number * DAY, ends_on=date(2026, 1, 1) + number * DAY)
    address = f"{reverse('seasons')}?year=2026"
    browse.get(address)

    with django_assert_max_num_queries(8):
        browse.get(address)
