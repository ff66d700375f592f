from datetime import date

import pytest
from django.urls import reverse

from courses.audiences.members import watch
from courses.models import Audience, AudienceCheck, Enrolment
from tests.factories.courses import AssignmentFactory, AudienceFactory, ItemFactory, RefresherFactory
from trainingsite.core import clock
from trainingsite.core.jobs.actions import run
from trainingsite.core.jobs.models import Job
from trainingsite.people.access.roles import Role
from trainingsite.people.staff.actions import change_person


@pytest.fixture
def hr(hire):
    return hire(Role.HR, department="centre", name="人力")


@pytest.fixture
def browse(as_, hr):
    return as_(hr)


def text(response):
    return " ".join(response.content.decode().split())


def rule_of(company, *places):
    return [{"kind": "department", "value": [company[place].pk for place in places]}]


def test_list_says_who_how_many_and_where_used(browse, company, hire):
    hire(department="disputes")
    care = AudienceFactory(name="售后全员", conditions=rule_of(company, "care"))
    assignment = AssignmentFactory(audience=care)
    refresher = RefresherFactory(audience=care, title="每月一测")
    AudienceFactory(name="没有人", conditions=[{"kind": "position", "value": [0]}])
    AudienceFactory(name="")

    rows = browse.get(reverse("audiences")).context["rows"]

    assert [(str(a), words, people, sorted(use.title for use in uses)) for a, words, people, uses in rows] == [
        ("售后全员", "售后服务部及其下级部门", 1, sorted([str(assignment), str(refresher)])),
        ("没有人", "一个已失效的条件", 0, []),
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "新"}, ["新人"]),
        ({"members": "kept"}, ["全员"]),
        ({"sort": "-name"}, ["新人", "全员"]),
        ({"q": "无"}, []),
    ],
)
def test_list_is_searched_filtered_and_sorted(browse, asked, found):
    AudienceFactory(name="新人")
    AudienceFactory(name="全员", watched=True)

    assert [str(row[0]) for row in browse.get(reverse("audiences"), asked).context["rows"]] == found


def test_saved_audience_keeps_the_conditions_that_are_set(browse, company, hire):
    hire(department="disputes", hired_on=date(2026, 5, 4))
    response = browse.post(
        reverse("audience-new"),
        {"name": "新人", "department": [company["care"].pk], "hired_since": "2026-05-04"},
    )

    saved = Audience.objects.get()
    assert (response.status_code, response["Location"]) == (302, reverse("audience", args=[saved.pk]))
    assert (saved.name, saved.conditions) == (
        "新人",
        [*rule_of(company, "care"), {"kind": "hired_since", "value": "2026-05-04"}],
    )


TREE = {
    "name": "夜班",
    "node": ["1 0 group", "2 1 tag", "3 1 status", "4 0 department"],
    "0-mode": "all",
    "1-mode": "none",
    "2-value": ["夜班"],
    "3-value": ["on_leave"],
}


def test_groups_are_saved_as_a_tree_and_shown_again(browse, company, hire):
    hire(department="disputes")
    hire(department="sales", tags=["夜班"])

    browse.post(reverse("audience-new"), {**TREE, "4-value": [company["care"].pk]})

    saved = Audience.objects.get()
    rule = {
        "all": [
            {"not": {"any": [{"kind": "tag", "value": ["夜班"]}, {"kind": "status", "value": ["on_leave"]}]}},
            *rule_of(company, "care"),
        ]
    }
    builder = browse.get(reverse("audience-edit", args=[saved.pk])).context["builder"]
    assert (saved.conditions, builder.root.mode, [box.mode for box in builder.boxes()]) == (
        rule,
        "all",
        ["all", "none"],
    )
    assert [condition.form["value"].value() for condition in builder.conditions()] == [
        ["夜班"],
        ["on_leave"],
        [company["care"].pk],
    ]


@pytest.mark.parametrize(
    ("posted", "faults"),
    [
        ({"name": "甲", "hired_since": "2026-13-01"}, ["入职日期不早于: 输入一个有效的日期。"]),
        ({"name": "甲", "department": ["0"]}, ["部门: 选择一个有效的选项。 0 不在可用的选项中。"]),
        ({"name": "甲", "node": ["1 0 tag"]}, ["标签: 必填。"]),
        ({"name": "甲", "node": ["1 0 group"]}, ["请添加条件，或删除这个分组。"]),
        ({"name": "甲", "0-mode": "any"}, ["请添加条件，或删除这个分组。"]),
        ({"name": "甲", "node": ["1 0 moon"]}, ["已失效的条件: 这个条件已失效，请删除。"]),
    ],
)
def test_bad_condition_is_said_at_its_place_and_changes_nothing(browse, posted, faults):
    response = browse.post(reverse("audience-new"), posted)

    assert (response.status_code, response.context["builder"].faults) == (422, faults)
    assert all(fault.split(": ")[-1] in text(response) for fault in faults)
    assert not Audience.objects.exists()


@pytest.mark.parametrize("name", ["", "新人"])
def test_missing_and_taken_name_are_said_at_the_field(browse, name, company):
    AudienceFactory(name="新人")

    response = browse.post(
        reverse("audience-new"), {"name": name, "department": [company["care"].pk], "confirmed": "on"}
    )

    assert (list(response.context["form"].errors), Audience.objects.count()) == (["name"], 1)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({}, "全公司所有人都符合条件。请确认这是有意的。"),
        ({"hired_since": "2199-01-01"}, "目前没有人符合条件。请确认这是有意的。"),
    ],
)
def test_nobody_and_everybody_have_to_be_confirmed(browse, rule, said):
    refused = browse.post(reverse("audience-new"), {"name": "都", **rule})

    assert (refused.context["form"].non_field_errors(), Audience.objects.count()) == ([said], 0)

    browse.post(reverse("audience-new"), {"name": "都", **rule, "confirmed": "on"})
    assert Audience.objects.count() == 1


def test_used_audience_is_not_deleted(browse):
    audience = AssignmentFactory().audience

    response = browse.post(reverse("audience-delete", args=[audience.pk]), follow=True)

    assert [str(m) for m in response.context["messages"]] == ["有培训计划正在使用这个人群，不能删除。"]
    assert Audience.objects.get() == audience


def test_duplicate_has_a_name_of_its_own(browse, company):
    first = AudienceFactory(name="售后", conditions=rule_of(company, "care"), watched=True)

    browse.post(reverse("audience-duplicate", args=[first.pk]))
    browse.post(reverse("audience-duplicate", args=[first.pk]))

    copies = Audience.objects.exclude(pk=first.pk).order_by("pk").values_list("name", "conditions", "watched")
    assert list(copies) == [
        ("售后（副本 1）", first.conditions, False),
        ("售后（副本 2）", first.conditions, False),
    ]


def test_preview_names_page_by_page_and_why(browse, company, hire):
    for number in range(10):
        hire(department="disputes", name=f"客服{number}")

    sent = {"audience-department": [company["disputes"].pk], "people": "2"}
    reach = browse.post(reverse("audience-preview"), sent).context["reach"]

    assert (reach.count, reach.everybody, reach.page.number) == (10, False, 2)
    assert [(person.name, why) for person, why in reach.rows] == [("客服8", ["投诉专席"]), ("客服9", ["投诉专席"])]


def test_preview_of_a_saved_audience(browse, company, hire):
    hire(department="disputes")
    saved = AudienceFactory(conditions=rule_of(company, "disputes"))

    response = browse.get(reverse("audience-preview"), {"audience-source": "saved", "audience-saved": saved.pk})

    assert response.context["reach"].count == 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"hired_since": "2199-01-01"}, "目前没有人符合条件"),
        ({"audience-hired_since": "2199-01-01"}, "没有人符合条件。请减少或更换条件。"),
        ({}, "这是全公司所有人"),
        ({"hired_since": "never"}, "入职日期不早于: 输入一个有效的日期。"),
        ({"node": ["1 0 tag", "2 9 tag", "x"]}, "标签: 必填。"),
        ({"people": "9" * 40, "edited": "-1"}, "这是全公司所有人"),
    ],
)
def test_preview_says_nobody_everybody_and_bad_input(browse, asked, said):
    assert said in text(browse.post(reverse("audience-preview"), asked))


def test_preview_of_a_watched_audience_says_what_would_change(browse, company, hire):
    going, coming = hire(name="甲", department="disputes"), hire(name="乙", department="sales")
    audience = AudienceFactory(conditions=rule_of(company, "disputes"))
    programme = ItemFactory().stage.programme
    AssignmentFactory(audience=audience, programme=programme, standing=True, due_on=date(2199, 1, 1))
    watch(audience, at=clock.now())
    assert Enrolment.objects.open().count() == 1

    sent = {"edited": audience.pk, "department": [company["sales"].pk]}
    found = browse.post(reverse("audience-preview"), sent).context["difference"]

    assert (found.joins, found.leaves, list(found.joining), list(found.leaving)) == (1, 1, [coming], [going])
    assert (found.follows.opens, found.follows.closes) == (1, 1)


def step(browse, what, **sent):
    return browse.post(reverse("audience-builder"), {"step": what, **sent}).context["builder"]


def test_steps_of_the_builder(browse):
    first = step(browse, "add 0", **{"0-add": "tag"})
    grouped = step(browse, "group 0", node=["1 0 tag"], **{"0-mode": "any"})
    inner = step(browse, "add 2", node=["1 0 tag", "2 0 group"], **{"2-add": "status", "2-mode": "none"})
    dropped = step(browse, "drop 2", node=["1 0 tag", "2 0 group", "3 2 status"])

    assert list(first.nodes()) == [(1, 0, "tag")]
    assert list(grouped.nodes()) == [(1, 0, "tag"), (2, 0, "group")]
    assert (list(inner.nodes()), inner.boxes()[1].mode) == ([(1, 0, "tag"), (2, 0, "group"), (3, 2, "status")], "none")
    assert list(dropped.nodes()) == [(1, 0, "tag")]


def test_a_step_keeps_what_was_typed_and_complains_of_nothing(browse):
    response = browse.post(
        reverse("audience-builder"),
        {
            "step": "add 0",
            "0-add": "tag",
            "prefix": "audience",
            "audience-0-add": "tag",
            "audience-node": ["1 0 hired_since"],
            "audience-1-value": "2026-1",
        },
    )

    builder = response.context["builder"]
    assert (builder.conditions()[0].form["value"].value(), builder.faults) == ("2026-1", [])
    assert list(builder.nodes()) == [(1, 0, "hired_since"), (2, 0, "tag")]
    assert response["HX-Trigger-After-Swap"] == "audience-changed"


@pytest.mark.parametrize("what", ["", "add", "add 7", "drop 9", "fly 1", "add 0", "group 3"])
def test_unknown_steps_change_nothing(browse, what):
    deep = ["1 0 group", "2 1 group", "3 2 tag"]

    assert list(step(browse, what, node=deep, **{"0-add": "moon"}).nodes()) == [
        (1, 0, "group"),
        (2, 1, "group"),
        (3, 2, "tag"),
    ]


def test_groups_deeper_than_three_and_repeated_numbers_are_left_out(browse):
    nodes = ["1 0 group", "2 1 group", "3 2 group", "4 3 tag", "1 0 tag", "0 0 group"]

    assert list(step(browse, "", node=nodes).nodes()) == [(1, 0, "group"), (2, 1, "group")]


def test_page_of_an_unwatched_audience_lists_who_matches(browse, company, hire):
    person = hire(name="甲", department="disputes")
    audience = AudienceFactory(conditions=rule_of(company, "care"))

    response = browse.get(reverse("audience", args=[audience.pk]))

    assert response.context["rows"] == [(person, None, ["投诉专席"])]
    assert "没有计划跟随这个人群的成员" in text(response)


@pytest.mark.parametrize(("state", "found"), [("", ["乙"]), ("left", ["甲"]), ("all", ["乙", "甲"])])
def test_page_of_a_watched_audience_lists_members_now_and_before(browse, company, hire, state, found):
    gone, _here = hire(name="甲", department="disputes"), hire(name="乙", department="disputes")
    audience = AudienceFactory(conditions=rule_of(company, "care"))
    watch(audience, at=clock.now())
    change_person(gone, by=None, on=clock.today(), department=company["sales"])

    response = browse.get(reverse("audience", args=[audience.pk]), {"state": state, "sort": "-name"})

    assert sorted(person.name for person, _member, _why in response.context["rows"]) == found
    assert (response.context["present"], len(response.context["checks"])) == (1, 2)


def test_page_of_a_broken_rule_says_so(browse, hire):
    audience = AudienceFactory(conditions=[{"kind": "moon", "value": 1}])

    response = browse.get(reverse("audience", args=[audience.pk]))
    edit = browse.get(reverse("audience-edit", args=[audience.pk]))

    assert (response.status_code, response.context["rows"]) == (200, [])
    assert "一个已失效的条件" in text(response)
    assert "已失效的条件" in text(edit)


def test_export_names_members_and_reasons(browse, company, hire):
    hire(name="甲", department="disputes", employee_number="E1")
    audience = AudienceFactory(conditions=rule_of(company, "care"))

    answer = browse.get(reverse("audience-csv", args=[audience.pk]))

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines == ["工号,姓名,部门,岗位,加入时间,离开时间,原因", "E1,甲,投诉专席,,,,投诉专席"]


def test_check_runs_as_a_job_and_says_what_it_found(browse, company, hire, hr):
    audience = AudienceFactory(name="售后", watched=True, conditions=rule_of(company, "disputes"))
    AudienceFactory(name="坏", watched=True, conditions=[{"kind": "moon", "value": 1}])
    hire(department="disputes")

    browse.post(reverse("audiences-check"))
    run(Job.objects.get().pk)

    job = Job.objects.get()
    assert (job.state, job.summary) == ("done", "共 2 个人群：1 人加入，0 人离开，1 个无法识别。")
    assert AudienceCheck.objects.filter(audience=audience, cause="asked", joined=1).exists()


def test_only_watched_audiences_are_checked(browse):
    assert browse.post(reverse("audience-check", args=[AudienceFactory().pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_page_of_an_audience_takes_few_queries(as_, hr, company, hire, django_assert_max_num_queries, count):
    for number in range(count):
        hire(department="disputes", name=f"客服{number}")
    audience = AudienceFactory(conditions=rule_of(company, "care"))
    watch(audience, at=clock.now())
    browse = as_(hr)
    browse.get(reverse("audience", args=[audience.pk]))

    with django_assert_max_num_queries(14):
        browse.get(reverse("audience", args=[audience.pk]))


@pytest.mark.parametrize("count", [1, 30])
def test_list_takes_twelve_queries(as_, hr, company, django_assert_max_num_queries, count):
    rule = [{"kind": "department", "value": [company["care"].pk]}, {"kind": "position", "value": [0]}]
    AudienceFactory.create_batch(count, conditions=rule)
    browse = as_(hr)
    browse.get(reverse("audiences"))

    with django_assert_max_num_queries(12):
        browse.get(reverse("audiences"))
