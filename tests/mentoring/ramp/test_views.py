import csv
import json
from fractions import Fraction
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from courses.planning.quarters import Quarter
from mentoring.models import JobPlan, JobPlanTemplate, Ramp, RampRule
from mentoring.ramp.actions import reckon
from mentoring.ramp.cohorts import name_of
from tests.factories.mentoring import PairingFactory
from tests.factories.people import PersonFactory
from tests.mentoring.ramp.conftest import DAY, figures
from tests.mentoring.ramp.test_survival import by_hand, interval
from trainingsite.core import clock
from trainingsite.core.days import start_of
from trainingsite.core.jobs.models import Job
from trainingsite.people.access.roles import Role

SLOW, QUICK = [60] * 9 + [85] * 21, [85] * 30


@pytest.fixture
def today(db):
    return clock.today()


@pytest.fixture
def cohorts(rule, newcomer, today):
    """Six who began half a year ago and were slow, six of a quarter later, faster; reckoned today."""
    old = [newcomer(f"前辈{n}", today - 250 * DAY, SLOW) for n in range(6)]
    new = [newcomer(f"后辈{n}", today - 150 * DAY, QUICK, department="sales") for n in range(6)]
    reckon(on=today, at=start_of(today))
    return old, new


@pytest.fixture
def hr(hire, as_):
    return as_(hire(Role.HR, name="陈人力", department="centre"))


def page(client, name="ramp", *args, **query):
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response


def names(response):
    return sorted(row.person.name for row in response.context["page"])


def test_cohorts_are_compared_with_the_goal(hr, cohorts):
    found = page(hr).context["found"]

    assert [(len(one.people), one.survival.median) for one in found.cohorts] == [(6, 1), (6, 12)]
    assert (found.recent.survival.median, found.level[0]) == (1, "good")
    assert found.comparison.is_clear
    assert found.comparison.p_text.startswith("p ")


def test_page_says_all_in_words(hr, cohorts):
    text = page(hr).content.decode()

    assert "客户满意度" in text
    assert "Kaplan–Meier" in text
    assert all(f"前辈{n}" in text for n in range(6))


def test_curves_rise_to_all_and_have_a_table(hr, cohorts):
    drawn = page(hr).context["curves"]

    newest, older = (line["data"] for line in drawn["option"]["series"])
    assert (newest[0], older[10], older[11], older[29]) == (100, 0, 100, 100)
    assert [row[0] for row in drawn["table"]["rows"]] == ["10", "20", "30"]
    json.dumps(drawn)


def test_small_cohorts_have_numbers_but_no_curve(hr, rule, newcomer, today):
    newcomer("王小明", today - 20 * DAY, [60] * 9)
    reckon(on=today, at=start_of(today))

    context = page(hr).context
    (cohort,) = context["found"].cohorts
    assert (len(cohort.people), cohort.going, cohort.survival, cohort.interval) == (1, 1, None, "")
    assert (context["curves"], context["found"].comparison, context["found"].level[0]) == (None, None, "neutral")


def test_nobody_yet_is_an_empty_page(hr, db):
    response = page(hr)

    assert response.context["found"].cohorts == []
    assert "还没有新人记录" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "前辈1"}, ["前辈1"]),
        ({"state": "left"}, ["前辈0"]),
        ({"state": "going"}, []),
        ({"cohort": "1999-1"}, 12),
        ({"department": "nothing", "sort": "nothing"}, 12),
    ],
    ids=["name", "left", "on the way", "no such cohort", "nonsense"],
)
def test_filters_narrow_the_list_but_never_the_curves(hr, cohorts, query, expected):
    Ramp.objects.filter(person__name="前辈0").update(proficient_on=None, left=True, days=5)

    response = page(hr, **query)

    assert len(response.context["found"].cohorts) == 2
    assert names(response) == expected if isinstance(expected, list) else len(names(response)) == expected


def test_cohort_and_department_filters(hr, cohorts, company):
    old, new = cohorts
    quarter = page(hr).context["found"].cohorts[0].quarter

    assert names(page(hr, cohort=str(quarter))) == sorted(one.name for one in new)
    response = page(hr, department=company["care"].pk)
    assert names(response) == sorted(one.name for one in old)
    assert len(response.context["found"].cohorts) == 1  # who they are narrows the curves too


def test_plan_filter(hr, cohorts, today):
    template = JobPlanTemplate.objects.create(title="四周新人在岗带教")
    person = cohorts[0][0]
    JobPlan.objects.create(
        mentee=person, template=template, title="四周", weeks=4, started_on=today, ends_on=today + 28 * DAY
    )

    response = page(hr, plan=template.pk)

    assert names(response) == [person.name]
    assert [len(one.people) for one in response.context["found"].cohorts] == [1]


def test_supervisor_sees_the_subtree_and_mentor_the_mentees(hire, as_, cohorts):
    old, new = cohorts
    supervisor, mentor = hire(Role.SUPERVISOR, department="care"), hire(Role.MENTOR, name="李静")
    PairingFactory(mentor=mentor, mentee=new[0])

    assert names(page(as_(supervisor))) == sorted(one.name for one in old)
    assert names(page(as_(mentor))) == sorted([new[0].name])
    assert as_(mentor).get(reverse("ramp-person", args=[old[0].pk])).status_code == 404


def test_export_has_what_the_list_shows(hr, cohorts):
    response = hr.get(reverse("ramp-export"), {"q": "前辈1"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")

    (row,) = list(csv.reader(text.splitlines()))[1:]
    assert (row[1], row[2], row[5], row[7]) == ("前辈1", "投诉专席", "已达标", "12")


def test_export_is_an_excel_workbook_where_asked_for(hr, cohorts):
    response = hr.get(reverse("ramp-export"), {"q": "前辈1", "form": "xlsx"})
    sheet = load_workbook(BytesIO(response.content)).active

    assert [[row[1].value, row[7].value] for row in sheet.iter_rows(min_row=2)] == [["前辈1", 12]]


@pytest.mark.parametrize("people", [1, 30])
def test_page_takes_eight_queries_and_the_login(hr, rule, newcomer, people, today, django_assert_max_num_queries):
    for number in range(people):
        newcomer(f"王{number}", today - (200 + number) * DAY, [85] * 5)
    reckon(on=today, at=start_of(today))
    page(hr)

    with django_assert_max_num_queries(9):
        page(hr)


@pytest.mark.parametrize("days", [1, 30])
def test_persons_page_takes_seven_queries_and_the_login(
    hr, cohorts, newcomer, days, today, django_assert_max_num_queries
):
    person = newcomer("王小明", today - 40 * DAY, [85] * days)
    reckon(on=today, at=start_of(today))
    page(hr, "ramp-person", person.pk)

    with django_assert_max_num_queries(8):
        page(hr, "ramp-person", person.pk)


def test_person_beside_the_band_with_the_run(hr, cohorts):
    response = page(hr, "ramp-person", cohorts[0][0].pk)

    found = response.context["found"]
    assert (found.state, found.run) == ("proficient", (12, 14))
    (drawn,) = response.context["charts"]
    line, _middle, floor, band = drawn["option"]["series"]
    assert [round(value, 1) for value in line["data"][8:12]] == [60, 68.3, 76.7, 85]
    assert line["markArea"]["data"][0][0]["xAxis"] == "12"
    assert (floor["data"][0], band["data"][0]) == (60, 0)  # of the own cohort alone: nobody began before
    assert drawn["table"]["rows"][0][:2] == ["1", 60]
    assert [(day, cells[0].inside) for day, _on, cells in found.last_days][-2:] == [(18, True), (17, True)]
    json.dumps(drawn)


def test_trainee_on_the_way_sees_how_far(hire, as_, cohorts, today):
    me = hire(Role.TRAINEE, name="周新", hired_on=today - 12 * DAY)
    figures(me, today - 6 * DAY, [60, 60, 95, 95, 95])
    reckon(on=today, at=start_of(today))
    client = as_(me)

    response = client.get(reverse("my-ramp"), follow=True)

    found = response.context["found"]
    assert response.redirect_chain == [(reverse("ramp-person", args=[me.pk]), 302)]
    assert (found.state, found.streak) == ("going", 1)
    assert "我的上手曲线" in response.content.decode()
    assert client.get(reverse("ramp-person", args=[cohorts[0][0].pk])).status_code == 404
    assert client.get(reverse("ramp")).status_code == 403


def test_who_never_began_gets_a_word_about_it(hire, as_, rule):
    me = hire(Role.TRAINEE)

    assert "found" not in page(as_(me), "ramp-person", me.pk).context


def test_without_settled_colleagues_the_page_says_so(hr, rule, newcomer, today):
    person = newcomer("王小明", today - 20 * DAY, [60] * 9)
    reckon(on=today, at=start_of(today))

    response = page(hr, "ramp-person", person.pk)

    assert response.context["found"].lacks_band
    assert response.context["found"].figures[0].edge_text == ""


def test_page_says_when_the_band_of_another_cohort_stands_in(hr, cohorts, today):
    (old, *_), (new, *_) = cohorts
    own = Quarter.of(today - 250 * DAY)

    first, later = (page(hr, "ramp-person", person.pk).content.decode() for person in (old, new))

    assert f"暂以最接近的已有参考区间代替：{name_of(own.after)} 批次" in first
    assert "暂以" not in later


def test_person_whose_readings_were_all_taken_back_has_no_chart(hr, cohorts):
    person = cohorts[0][0]
    person.readings.update(superseded_at=clock.now())

    response = page(hr, "ramp-person", person.pk)

    assert (response.context["charts"], response.context["found"].last_days) == ([], [])


def test_panel_on_the_persons_page(hr, cohorts):
    url = reverse("ramp-person", args=[cohorts[0][0].pk])

    assert url in hr.get(reverse("person", args=[cohorts[0][0].pk])).content.decode()
    veteran = PersonFactory(name="老员工")
    assert (
        reverse("ramp-person", args=[veteran.pk]) not in hr.get(reverse("person", args=[veteran.pk])).content.decode()
    )


def sent(form, **changes):
    return {name: form[name].value() for name in form.fields} | changes


def test_hr_changes_the_rule_and_a_job_reckons(hr, cohorts):
    form = page(hr, "ramp-rule").context["form"]

    response = hr.post(reverse("ramp-rule"), sent(form, run_days=4))

    job = Job.objects.get()
    assert response["Location"] == reverse("job", args=[job.pk])
    assert RampRule.objects.get().run_days == 4


def test_same_rule_leads_back(hr, rule):
    form = page(hr, "ramp-rule").context["form"]

    response = hr.post(reverse("ramp-rule"), sent(form))

    assert (response["Location"], Job.objects.count()) == (reverse("ramp"), 0)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"metrics": []}, "metrics"),
        ({"metrics": ["nothing"]}, "metrics"),
        ({"run_days": 0}, "run_days"),
        ({"run_days": "x"}, "run_days"),
        ({"low": 50}, "low"),
        ({"settled_from": 200, "horizon": 100}, "settled_from"),
        ({"goal_days": ""}, "goal_days"),
    ],
    ids=["none", "unknown", "too few", "no number", "not low", "settles late", "empty"],
)
def test_bad_rule_is_told_at_its_field(hr, rule, changes, field):
    before = RampRule.objects.values().get()
    form = page(hr, "ramp-rule").context["form"]

    response = hr.post(reverse("ramp-rule"), sent(form, **changes))

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert RampRule.objects.values().get() == before


def test_first_rule_offers_all_figures(hr, db):
    form = page(hr, "ramp-rule").context["form"]

    assert len(form["metrics"].value()) == len(form.fields["metrics"].choices) > 1
    hr.post(reverse("ramp-rule"), sent(form))
    assert RampRule.objects.get().metrics == form["metrics"].value()


def test_htmx_gets_the_part(hr, cohorts):
    response = hr.get(reverse("ramp"), headers={"hx-request": "true"})

    assert b"<html" not in response.content
    assert "前辈0" in response.content.decode()


def test_page_agrees_with_a_computation_by_hand(hr, rule, company, today):
    """Twenty newcomers of one quarter: some proficient, some gone before, some not within the thirty days."""
    first = Quarter.of(today - 250 * DAY).first
    went = [(day, True) for day in (3, 5, 5, 8, 9, 12, 12, 12, 17, 20, 26)] + [(day, False) for day in (2, 5, 11, 19)]
    went += [(30, False)] * 5
    for day, done in went:
        Ramp.objects.create(
            person=PersonFactory(department=company["care"]),
            first_contact_on=first,
            proficient_on=first + (day - 1) * DAY if done else None,
            days=day,
            left=not done and day < 30,
            reckoned_at=clock.now(),
        )
    steps = by_hand(*zip(*went, strict=True))
    expected = [max((100 * share for at, share, _sum in steps if at <= day), default=0) for day in range(1, 31)]

    response = page(hr)

    (line,) = response.context["curves"]["option"]["series"]
    assert line["data"] == [round(float(share), 1) for share in expected]
    (cohort,) = response.context["found"].cohorts
    median = next(at for at, share, _sum in steps if share >= Fraction(1, 2))
    bounds = [(at, *interval(share, total)) for at, share, total in steps]
    earliest = next(at for at, _low, high in bounds if high >= 0.5)
    latest = next((at for at, low, _high in bounds if low >= 0.5), None)
    assert (cohort.survival.median, cohort.survival.median_low, cohort.survival.median_high) == (
        median,
        earliest,
        latest,
    )
    assert (cohort.proficient, cohort.left, cohort.beyond, cohort.going) == (11, 4, 5, 0)
    assert f'<td class="k-number" data-label="中位天数">{median}</td>' in response.content.decode()
