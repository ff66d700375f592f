"""The steps that give a programme to people: who, when, check."""

from uuid import uuid4

import pytest
from django.urls import reverse

from courses.models import Assignment, Audience, Course, Enrolment
from courses.programmes.blueprints import lay_out
from courses.programmes.versions import make_programme
from tests.factories.courses import AudienceFactory, CourseFactory, EnrolmentFactory
from trainingsite.core.jobs import actions as jobs
from trainingsite.core.models import Job

EVERYBODY = {"audience-confirmed": "on"}


def errors(response):
    return {field: list(said) for field, said in response.context["form"].errors.items()}


def start(browse, programme):
    return browse.get(reverse("assign", args=[programme.pk])).url


def walk(browse, programme, who, due):
    """Go to the last step; returns its address."""
    first = start(browse, programme)
    second = browse.post(first, who).url
    return browse.post(second, due).url


def test_wizard_assigns_what_its_last_step_says(browse, programme, company, hire, july):
    learning = hire()
    hire()
    EnrolmentFactory(person=learning, course=Course.objects.get(title="退货规则"))
    check = walk(browse, programme, {"audience-department": [company["care"].pk]}, {"rule": "fixed", "due_on": july})

    page = browse.get(check)
    assert page.context["sentence"].startswith("2 人，其中 1 人已在学（日期不变），新增 3 条学习记录，")
    assert sorted(outcome for _person, _day, outcome in page.context["rows"]) == ["learning", "new"]

    response = browse.post(check)
    assignment = Assignment.objects.get()
    assert response.url == reverse("job", args=[assignment.job_id])
    jobs.run(assignment.job_id)
    assert Enrolment.objects.filter(assignment=assignment).count() == 3
    assert assignment.audience.name == ""


def test_wizard_sent_twice_makes_one_assignment(browse, programme, hire, july):
    hire()
    check = walk(browse, programme, EVERYBODY, {"rule": "fixed", "due_on": july})

    assert browse.post(check).url == browse.post(check).url
    assert (Assignment.objects.count(), Job.objects.count(), Audience.objects.count()) == (1, 1, 1)


def test_wizard_keeps_a_named_audience(browse, programme, company, hire, july):
    hire()
    browse.post(
        walk(
            browse,
            programme,
            {"audience-department": [company["care"].pk], "audience-name": "售后全员"},
            {"rule": "fixed", "due_on": july},
        )
    )

    assert [a.name for a in Audience.objects.saved()] == ["售后全员"]


def test_wizard_takes_a_saved_audience(browse, programme, care, hire, july):
    hire()
    who = {"audience-source": "saved", "audience-saved": care.pk}
    browse.post(walk(browse, programme, who, {"rule": "fixed", "due_on": july}))

    assert Assignment.objects.get().audience == care


def test_wizard_steps_can_be_revisited(browse, programme, company, hire, july):
    hire()
    check = walk(browse, programme, {"audience-department": [company["care"].pk]}, {"rule": "fixed", "due_on": july})

    steps = browse.get(check).context["steps"]
    who, due = (browse.get(steps[n][1]).context["form"] for n in (1, 2))

    assert who.builder.root.parts[0].form["value"].value() == [company["care"].pk]
    assert due["due_on"].value() == july


@pytest.mark.parametrize("step", ["assign-due", "assign-check"])
def test_wizard_step_without_the_steps_before_leads_back(browse, programme, step):
    response = browse.get(reverse(step, args=[programme.pk, uuid4()]), follow=True)

    assert response.redirect_chain[-1][0].endswith("/who/")


def test_audience_of_nobody_is_said_at_its_step(browse, programme):
    response = browse.post(start(browse, programme), {"audience-hired_since": "2199-01-01"})

    assert errors(response) == {"__all__": ["没有人符合这个人群的条件。"]}
    assert response.content.decode().count("没有人符合这个人群的条件。") == 1
    assert response.context["reach"].count == 0


def test_refused_step_previews_what_was_sent(browse, programme, company, hire):
    hire(department="sales")
    AudienceFactory(name="售后全员")
    who = {"audience-department": [company["care"].pk], "audience-name": "售后全员"}

    assert browse.post(start(browse, programme), who).context["reach"].count == 0
    unread = browse.post(start(browse, programme), {"audience-hired_since": "morgen"})
    assert unread.context["reach"] is None


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ({"rule": "fixed", "due_on": "2020-01-01"}, {"due_on": ["这个日期已过。"]}),
        ({"rule": "fixed"}, {"due_on": ["请填写日期。"]}),
        ({"rule": "fixed", "due_on": "2026-02-30"}, {"due_on": ["输入一个有效的日期。"]}),
        ({"rule": "after_hire", "due_days": "0"}, {"due_days": ["请填 1 到 3650 之间的整数天数。"]}),
        ({"rule": "after_hire", "due_days": "x"}, {"due_days": ["输入整数。"]}),
        ({"rule": "moon"}, {"rule": ["选择一个有效的选项。 moon 不在可用的选项中。"]}),
    ],
)
def test_bad_due_date_is_said_at_its_field(browse, programme, hire, due, said):
    hire()
    second = browse.post(start(browse, programme), EVERYBODY).url

    assert errors(browse.post(second, due)) == said
    assert not Assignment.objects.exists()


def test_archived_programme_cannot_be_assigned(browse, programme):
    first = start(browse, programme)
    browse.post(reverse("programme-archive", args=[programme.pk]))

    assert browse.get(first).status_code == 404


# --- A programme that is being written -------------------------------------------------------------------------------
@pytest.fixture
def written(db):
    CourseFactory(code="returns", title="退货规则")
    made = make_programme(title="新人培养", by=None)
    lay_out(made, 1, [{"title": "授课", "days": [1, 5], "items": [{"course": "returns"}]}])
    return made


def test_last_step_of_a_new_programme_publishes_and_assigns(browse, written, hire, july):
    hire()
    check = walk(browse, written, EVERYBODY, {"rule": "stages", "starts": "on_joining"})
    assert browse.get(check).context["sentence"].startswith("发布培养方案，")

    browse.post(check)

    written.refresh_from_db()
    assert (written.status, Assignment.objects.get().programme_version) == ("published", 1)


def test_steps_of_a_new_programme_can_be_revisited_from_its_stages(browse, written, hire):
    hire()
    check = walk(browse, written, EVERYBODY, {"rule": "stages"})

    steps = browse.get(reverse("programme-stages", args=[written.pk])).context["steps"]

    assert steps[4][1] == check
    assert browse.get(check).status_code == 200


def test_incomplete_programme_is_not_given(browse, written, hire):
    hire()
    lay_out(written, 1, [{"title": "跟岗", "days": [8, 9], "items": [{"wanted": "产品"}]}])
    check = walk(browse, written, EVERYBODY, {"rule": "stages"})

    assert [problem.text for problem in browse.get(check).context["problems"]] == ["待选课程：产品: 还没有选课程"]
    assert browse.post(check).url == reverse("programme-stages", args=[written.pk])
    assert not Assignment.objects.exists()


def test_terms_are_kept_between_the_steps(browse, programme, hire, july):
    hire()
    values = {"rule": "stages", "starts": "fixed", "starts_on": july, "standing": "on"}
    check = walk(browse, programme, EVERYBODY, values)

    page = browse.get(check)
    form = browse.get(page.context["steps"][2][1]).context["form"]
    assert [form[name].value() for name in ("rule", "starts", "starts_on", "standing")] == [
        "stages",
        "fixed",
        july,
        True,
    ]
    assert "后加入的人也会分到" in page.context["sentence"]

    browse.post(check)
    assert list(Assignment.objects.values_list("due_rule", "starts", "standing")) == [("stages", "fixed", True)]


def test_start_in_the_past_is_said_at_its_field(browse, programme, hire):
    hire()
    second = browse.post(start(browse, programme), EVERYBODY).url

    said = errors(browse.post(second, {"rule": "stages", "starts": "fixed", "starts_on": "2020-01-01"}))

    assert said == {"starts_on": ["这个日期已过。"]}
