"""Writing a programme in the browser: templates, stages, items, versions, and the calendar of a start date."""

import pytest
from django.urls import reverse

from courses.models import Course, Item, Programme, Season
from tests.factories.courses import CourseFactory, ItemFactory


def errors(response):
    return {field: list(said) for field, said in response.context["form"].errors.items()}


# --- The editor ---
def outline(programme):
    return [
        (s.title, s.first_day, s.last_day, [i.settings.get("wanted") for i in s.items.all()])
        for s in programme.stages.all()
    ]


def test_new_programme_is_laid_out_by_the_template(browse):
    answer = browse.post(reverse("programme-new"), {"title": "新人培养", "template": "monthly"})

    made = Programme.objects.get()
    assert answer.url == reverse("programme-stages", args=[made.pk])
    assert [(stage.first_day, stage.last_day) for stage in made.stages.all()] == [(1, 14), (15, 28)]


def test_new_programme_is_a_copy_of_our_own_template(browse, programme):
    Programme.objects.update(template=True)
    browse.post(reverse("programme-new"), {"title": "二期", "template": str(programme.pk)})

    made = Programme.objects.get(title="二期")
    assert (made.template, made.status, made.stages.count()) == (False, "draft", 1)


def test_new_programme_without_a_title_is_said_at_its_field(browse):
    assert list(errors(browse.post(reverse("programme-new"), {"template": "monthly"}))) == ["title"]
    assert not Programme.objects.exists()


def test_weeks_become_days(browse, draft):
    values = {"title": "上岗", "unit": "weeks", "first_day": "4", "last_day": "6"}
    browse.post(reverse("stage-new", args=[draft.pk]), values)

    stage = draft.stages.get(title="上岗")
    assert (stage.first_day, stage.last_day) == (22, 42)
    form = browse.get(reverse("stage-edit", args=[stage.pk])).context["form"]
    assert [form[name].value() for name in ("unit", "first_day", "last_day")] == ["weeks", 4, 6]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": "", "unit": "days", "first_day": "22", "last_day": "30"}, "title"),
        ({"title": "上岗", "unit": "days", "first_day": "20", "last_day": "30"}, "first_day"),
        ({"title": "上岗", "unit": "days", "first_day": "30", "last_day": "29"}, "last_day"),
        ({"title": "上岗", "unit": "moons", "first_day": "22", "last_day": "30"}, "unit"),
        ({"title": "上岗", "unit": "weeks", "first_day": "400", "last_day": "401"}, "first_day"),
    ],
)
def test_bad_stage_is_said_at_its_field_and_changes_nothing(browse, draft, values, field):
    response = browse.post(reverse("stage-new", args=[draft.pk]), values)

    assert (response.status_code, list(errors(response))) == (422, [field])
    assert draft.stages.count() == 2


def test_gap_is_filled_with_a_course(browse, draft):
    course = CourseFactory(title="退货规则")
    item = Item.objects.get(settings__wanted="规则")

    browse.post(reverse("item-edit", args=[item.pk]), {"object": course.pk, "scope": "full", "required": "on"})

    item.refresh_from_db()
    assert (item.object_id, item.required) == (course.pk, True)


def test_class_is_added_with_its_hour(browse, draft):
    stage = draft.stages.get(title="授课")
    values = {"title": "开班", "minutes": "90", "day": "1", "time": "09:30", "required": "on"}
    browse.post(reverse("item-new", args=[stage.pk, "session"]), values)

    item = stage.items.get(kind="session")
    assert item.settings == {"title": "开班", "minutes": 90, "day": 1, "time": "09:30"}


def test_unknown_kind_of_item_is_not_found(browse, draft):
    assert browse.get(reverse("item-new", args=[draft.stages.first().pk, "moon"])).status_code == 404


def test_retired_course_cannot_be_chosen(browse, draft):
    item, course = Item.objects.first(), CourseFactory(status="retired")

    response = browse.post(reverse("item-edit", args=[item.pk]), {"object": course.pk, "scope": "full"})

    assert list(errors(response)) == ["object"]


def test_item_moves_over_the_end_of_a_stage_by_its_button(browse, draft):
    one, two = draft.stages.all()
    first, second = one.items.get(), two.items.get()
    places = {"stage": [one.pk, two.pk], "place": [f"{one.pk}:{first.pk}", f"{two.pk}:{second.pk}"]}

    browse.post(reverse("programme-order", args=[draft.pk]), {**places, "down": first.pk})

    assert outline(draft) == [("授课", 1, 5, []), ("跟岗", 8, 21, ["规则", "产品"])]


def test_order_that_means_nothing_changes_nothing(browse, draft):
    before = outline(draft)
    foreign = ItemFactory()

    browse.post(reverse("programme-order", args=[draft.pk]), {"place": ["x:y", f"999:{foreign.pk}", "7"], "up": "z"})

    assert outline(draft) == before


def test_stage_is_moved_and_removed(browse, draft):
    one, two = draft.stages.all()
    browse.post(reverse("stage-act", args=[two.pk]), {"up": "1"})
    assert [row[:3] for row in outline(draft)] == [("跟岗", 1, 14), ("授课", 17, 21)]

    browse.post(reverse("stage-act", args=[one.pk]), {"remove": "1"})
    assert [row[0] for row in outline(draft)] == ["跟岗"]


def test_draft_with_gaps_says_what_is_missing_and_is_not_published(browse, draft):
    address = reverse("programme-publish", args=[draft.pk])
    assert len(browse.get(address).context["problems"]) == 2

    assert list(errors(browse.post(address, {"notes": ""}))) == ["__all__"]
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_edited_programme_is_published_as_version_two(browse, programme):
    Item.objects.filter(object_id__in=Course.objects.filter(title="未完成").values("pk")).delete()
    browse.post(reverse("programme-draft", args=[programme.pk]))
    browse.post(reverse("programme-publish", args=[programme.pk]), {"notes": "补了一课"})

    programme.refresh_from_db()
    assert (programme.version, programme.versions.get(number=2).notes) == (2, "补了一课")


def test_clone_is_kept_as_a_template(browse, programme):
    browse.post(reverse("programme-clone", args=[programme.pk]), {"title": "主管模板", "template": "on"})

    assert Programme.objects.get(title="主管模板").template


# --- The calendar ---
def test_preview_shows_the_days_from_the_start_that_is_asked_for(browse, draft):
    calendar = browse.get(reverse("programme-preview", args=[draft.pk]), {"start": "2026-06-01"}).context["calendar"]

    assert [(str(s.window.opens_on), str(s.due_on)) for s in calendar.spans] == [
        ("2026-06-01", "2026-06-05"),
        ("2026-06-08", "2026-06-21"),
    ]
    days = {day.on.isoformat(): day for month in calendar.months for week in month.weeks for day in week if day.stage}
    assert [row.facts.title for row in days["2026-06-05"].due] == ["待选课程：规则"]
    assert days["2026-06-13"].is_weekend


def test_preview_moves_what_is_due_ahead_of_a_blackout(browse, draft):
    Season.objects.create(name="618", starts_on="2026-06-15", ends_on="2026-06-25", blackout=True)

    calendar = browse.get(reverse("programme-preview", args=[draft.pk]), {"start": "2026-06-01"}).context["calendar"]

    assert [(str(span.due_on), span.is_moved) for span in calendar.spans] == [
        ("2026-06-05", False),
        ("2026-06-14", True),
    ]


@pytest.mark.parametrize("start", ["", "x", "0001-01-01", "9999-12-31"])
def test_preview_of_an_unreadable_day_begins_next_monday(browse, draft, start, today):
    calendar = browse.get(reverse("programme-preview", args=[draft.pk]), {"start": start}).context["calendar"]

    assert (calendar.starts_on.weekday(), 0 < (calendar.starts_on - today).days <= 7) == (0, True)
