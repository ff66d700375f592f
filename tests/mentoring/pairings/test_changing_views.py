from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from mentoring.models import JobPlan, Pairing
from tests.factories.job_plans import JobPlanFactory, TemplateFactory
from tests.factories.mentoring import MentorProfileFactory
from tests.factories.pairings import GoalFactory
from trainingsite.people.access.roles import Role

DAY = timedelta(days=1)


def post(client, name, pairing, **data):
    return client.post(reverse(name, args=[pairing.pk]), data)


def errors(response):
    return response.status_code, list(response.context["form"].errors)


def test_supervisor_gives_more_time(as_, pairing, supervisor):
    until = pairing.planned_end + 14 * DAY

    response = post(as_(supervisor), "pairing-extend", pairing, until=until.isoformat(), reason="病假")

    assert response["Location"] == reverse("pairing", args=[pairing.pk])
    assert Pairing.objects.get().planned_end == until


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        ({"until": "2000-01-01", "reason": "病假"}, ["until"]),
        ({"until": "明天", "reason": "病假"}, ["until"]),
        ({"until": "2099-01-01", "reason": ""}, ["reason"]),
    ],
)
def test_impossible_extension_is_named_at_its_field(as_, pairing, hr, data, fields):
    assert errors(post(as_(hr), "pairing-extend", pairing, **data)) == (422, fields)


def test_another_mentor_is_proposed_chosen_and_goes_on(as_, pairing, hr, other):
    client = as_(hr)
    context = client.get(reverse("pairing-change-mentor", args=[pairing.pk])).context
    assert [proposal.mentor for proposal in context["proposals"]] == [other]

    response = post(client, "pairing-change-mentor", pairing, mentor=other.pk, reason_note="换组")

    new = Pairing.objects.open().get()
    assert (response["Location"], new.mentor) == (reverse("pairing", args=[new.pk]), other)


def test_full_mentor_is_refused_at_the_field(as_, pairing, hr):
    full = MentorProfileFactory(full=True).person

    response = post(as_(hr), "pairing-change-mentor", pairing, mentor=full.pk, reason_note="换组")

    assert errors(response) == (422, ["mentor"])
    assert Pairing.objects.get(pk=pairing.pk).is_open


@pytest.mark.parametrize("named", ["0", "x", ""])
def test_unknown_mentor_is_refused_at_the_field(as_, pairing, hr, named):
    response = post(as_(hr), "pairing-change-mentor", pairing, mentor=named, reason_note="换组")

    assert errors(response) == (422, ["mentor"])


def test_the_present_mentor_is_no_choice(as_, pairing, hr, mentor):
    response = post(as_(hr), "pairing-change-mentor", pairing, mentor=mentor.pk, reason_note="换组")

    assert errors(response) == (422, ["mentor"])


def test_mentor_lets_graduate_when_all_is_there(as_, ready, mentor):
    response = post(as_(mentor), "pairing-graduate", ready)

    assert response["Location"] == reverse("pairing", args=[ready.pk])
    assert Pairing.objects.get().end_reason == "reached"


def test_mentor_is_shown_what_is_missing_and_hr_asked_why(as_, pairing, mentor, hr):
    asked = {}
    for person in (mentor, hr):
        context = as_(person).get(reverse("pairing-graduate", args=[pairing.pk])).context
        asked[person.name] = ([each.code for each in context["lacking"]], context["may"], list(context["form"].fields))

    lacking = ["checkins", "half", "end", "stars"]
    assert asked == {"李静": (lacking, False, []), "陈人力": (lacking, True, ["despite"])}
    assert errors(post(as_(mentor), "pairing-graduate", pairing)) == (422, ["__all__"])
    assert errors(post(as_(hr), "pairing-graduate", pairing)) == (422, ["despite"])
    post(as_(hr), "pairing-graduate", pairing, despite="已达标")
    assert Pairing.objects.get().end_note == "已达标"


@pytest.mark.parametrize("name", ["pairing-extend", "pairing-change-mentor", "pairing-graduate"])
def test_ended_pairing_leads_back_with_a_message(as_, pairing, hr, today, name):
    Pairing.objects.filter(pk=pairing.pk).update(ended_on=today, end_reason="other")

    response = as_(hr).get(reverse(name, args=[pairing.pk]))

    assert (response.status_code, response["Location"]) == (302, reverse("pairing", args=[pairing.pk]))


@pytest.mark.parametrize("name", ["pairing-extend", "pairing-change-mentor"])
def test_supervisor_who_is_guided_decides_nothing_about_it(as_, pairing, mentee, company, name):
    mentee.grants.create(role=Role.SUPERVISOR, department=company["sales"])

    assert as_(mentee).get(reverse(name, args=[pairing.pk])).status_code == 403


@pytest.fixture
def newcomer(hire, today):
    return hire(name="新人", hired_on=today - 3 * DAY)


def confirm(client, mentee, mentor, **data):
    return client.post(reverse("pair-confirm", args=[mentee.pk, mentor.pk]), data)


def test_newcomer_gets_a_plan_with_the_mentor(as_, hr, mentor, newcomer, today):
    template = TemplateFactory(tasks=[(1, "observe", "旁听")])

    confirm(
        as_(hr), newcomer, mentor, goal="上岗", first_checkin_on=today.isoformat(), template=template.pk, planned_end=""
    )

    pairing = Pairing.objects.select_related("plan").get()
    assert (pairing.plan.template, pairing.planned_end) == (template, today + 27 * DAY)


def test_plan_that_goes_on_is_carried_along_and_not_asked_for(as_, hr, mentor, newcomer, today):
    plan = JobPlanFactory(mentee=newcomer, started_on=today - 7 * DAY)
    client = as_(hr)
    assert "template" not in client.get(reverse("pair-confirm", args=[newcomer.pk, mentor.pk])).context["form"].fields

    confirm(client, newcomer, mentor, goal="上岗", first_checkin_on=today.isoformat(), planned_end="")

    assert (Pairing.objects.get().plan, JobPlan.objects.count()) == (plan, 1)


@pytest.mark.parametrize(
    ("data", "field"), [({"planned_end": "2000-01-01"}, "planned_end"), ({"template": "0"}, "template")]
)
def test_impossible_plan_or_end_is_named_at_its_field(as_, hr, mentor, newcomer, today, data, field):
    usual = {"goal": "上岗", "first_checkin_on": today.isoformat()}

    assert errors(confirm(as_(hr), newcomer, mentor, **usual, **data)) == (422, [field])
    assert Pairing.objects.count() == 0


def test_line_manager_is_named_before_anything_is_typed(as_, hr, mentor, hire):
    below = hire(name="下属", manager=mentor)

    problem = as_(hr).get(reverse("pair-confirm", args=[below.pk, mentor.pk])).context["problem"]

    assert problem.code == "line_manager"


def test_who_has_a_plan_reaches_the_goal_by_graduating(as_, hr, pairing):
    assert errors(post(as_(hr), "pairing-end", pairing, reason="reached")) == (422, ["reason"])
    assert Pairing.objects.get().is_open


@pytest.mark.parametrize("language", ["zh-hant", "en"])
@pytest.mark.parametrize("name", ["pairing", "pairing-agreement", "pairing-extend", "pairing-graduate", "pairing-end"])
def test_pages_speak_every_language(as_, pairing, hr, name, language):
    hr.locale = language
    hr.save()

    response = as_(hr).get(reverse(name, args=[pairing.pk]))

    assert (response.status_code, f'lang="{"en" if language == "en" else "zh-Hant"}"' in response.content.decode()) == (
        200,
        True,
    )


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize("name", ["pairing-extend", "pairing-graduate", "pairing-agreement"])
def test_forms_take_eight_queries(as_, pairing, hr, name, rows, django_assert_max_num_queries):
    for number in range(min(rows, 9)):
        GoalFactory(pairing=pairing, by_day=pairing.started_on + number * DAY)
    client = as_(hr)

    with django_assert_max_num_queries(8):
        client.get(reverse(name, args=[pairing.pk]))


@pytest.mark.parametrize("rows", [1, 20])
def test_choice_of_another_mentor_takes_a_fixed_number_of_queries(
    as_, pairing, hr, rows, django_assert_max_num_queries
):
    MentorProfileFactory.create_batch(rows)
    client = as_(hr)

    with django_assert_max_num_queries(13):
        client.get(reverse("pairing-change-mentor", args=[pairing.pk]))


def test_pairing_that_has_not_begun_is_called_off_or_goes_to_another_mentor(as_, pairing, hr, other, today):
    begins, client = today + 3 * DAY, as_(hr)
    Pairing.objects.filter(pk=pairing.pk).update(started_on=begins, planned_end=begins + 27 * DAY)

    answer = client.get(post(client, "pairing-change-mentor", pairing, mentor=other.pk, reason_note="离职").url)
    new = pairing.mentee.pairings.open().get()
    ended = post(client, "pairing-end", new, reason="left", note="")

    new.refresh_from_db()
    assert (new.mentor, new.started_on, new.ended_on, ended.status_code) == (other, begins, begins, 302)
    assert date_format(begins, "DATE_FORMAT") in str(next(iter(answer.context["messages"])))
