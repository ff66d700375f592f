from datetime import timedelta

import pytest
from django.urls import reverse

from courses.checklists.actions import checklist_of, mark_ready, sign
from courses.checklists.panels import shown_by, waiting
from courses.models import SignOff
from tests.factories.courses import UnitFactory
from tests.factories.practice import NINE, checklist_unit, enrolled
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def checklist():
    return checklist_unit()


@pytest.fixture
def trainee(hire):
    return hire(Role.TRAINEE, department="disputes", locale="en", name="林小雨")


@pytest.fixture
def enrolment(trainee, checklist):
    return enrolled(trainee, checklist.unit)


@pytest.fixture
def boss(hire):
    return hire(Role.SUPERVISOR, department="care", locale="en", name="周主管")


@pytest.fixture
def items(checklist):
    return list(checklist.items.all())


def results():
    return list(SignOff.objects.order_by("pk").values_list("result", flat=True))


class TestShowing:
    def test_trainee_says_what_is_ready(self, as_, trainee, enrolment, checklist, items):
        client, path = as_(trainee), reverse("learn-checklist", args=[enrolment.pk, checklist.unit_id])
        for _press in range(2):
            client.post(path, {"item": items[1].pk})

        assert results() == ["ready"]
        assert [s.is_ready for s in client.get(path).context["standing"].items] == [False, True, False]

    @pytest.mark.parametrize("item", ["", "0", "x"])
    def test_item_that_is_not_there_does_not_exist(self, as_, trainee, enrolment, checklist, item):
        path = reverse("learn-checklist", args=[enrolment.pk, checklist.unit_id])

        assert as_(trainee).post(path, {"item": item}).status_code == 404

    @pytest.mark.parametrize("count", [2, 30])
    def test_takes_as_many_queries_for_two_items_as_for_thirty(
        self, as_, trainee, boss, count, django_assert_max_num_queries
    ):
        made = checklist_unit(*(f"步骤 {n}" for n in range(count)))
        enrolment = enrolled(trainee, made.unit)
        sign(enrolment, made.items.first(), "done", by=boss, at=NINE)
        client, path = as_(trainee), reverse("learn-checklist", args=[enrolment.pk, made.unit_id])
        client.get(path)

        with django_assert_max_num_queries(11):
            client.get(path)


class TestSigning:
    def post(self, client, enrolment, item, **data):
        return client.post(reverse("sign-off-item", args=[enrolment.pk, item.pk]), data, follow=True)

    def test_supervisor_signs_and_takes_back(self, as_, boss, enrolment, items):
        client = as_(boss)
        self.post(client, enrolment, items[0], result="done", note="独立完成")
        page = client.post(reverse("sign-off-undo", args=[SignOff.objects.get().pk]), follow=True)

        assert results() == ["done", "undone"]
        assert "Taken back: 登录工单系统" in page.content.decode()

    def test_not_yet_without_a_note_says_what_is_missing(self, as_, boss, enrolment, items):
        page = self.post(as_(boss), enrolment, items[0], result="not_yet")

        assert ("Say what is still missing." in page.content.decode(), results()) == (True, [])

    def test_people_one_does_not_guide_do_not_exist(self, as_, hire, enrolment, checklist, items):
        client = as_(hire(Role.SUPERVISOR, department="sales"))

        assert client.get(reverse("sign-off", args=[enrolment.pk, checklist.unit_id])).status_code == 404
        assert self.post(client, enrolment, items[0], result="done").status_code == 404
        assert results() == []

    def test_own_checklist_does_not_exist_here(self, as_, hire, checklist):
        both = hire(Role.TRAINEE, Role.SUPERVISOR)
        enrolment = enrolled(both, checklist.unit)

        assert as_(both).get(reverse("sign-off", args=[enrolment.pk, checklist.unit_id])).status_code == 404

    def test_what_is_ready_stands_first(self, as_, boss, enrolment, checklist, items):
        mark_ready(enrolment, items[1], at=NINE)

        page = as_(boss).get(reverse("sign-off", args=[enrolment.pk, checklist.unit_id]))

        assert [state.item for state in page.context["items"]] == [items[1], items[0], items[2]]


class TestWaiting:
    def test_has_the_longest_waiting_first_and_is_found_by_name(self, as_, boss, hire, checklist, items):
        for hours, name in ((1, "李雷"), (0, "王芳")):
            person = hire(Role.TRAINEE, name=name)
            mark_ready(enrolled(person, checklist.unit), items[0], at=NINE + timedelta(hours=hours))
        client = as_(boss)

        def names(**query):
            page = client.get(reverse("sign-offs"), query).context["page"]
            return [row["enrolment__person__name"] for row in page]

        assert [names(), names(q="lilei"), names(q="nobody")] == [["王芳", "李雷"], ["李雷"], []]

    @pytest.mark.parametrize("rows", [1, 25])
    def test_takes_as_many_queries_for_one_as_for_many(
        self, as_, boss, hire, checklist, items, rows, django_assert_max_num_queries
    ):
        for _row in range(rows):
            mark_ready(enrolled(hire(), checklist.unit), items[0], at=NINE)
        client = as_(boss)

        with django_assert_max_num_queries(8):
            client.get(reverse("sign-offs"))

    def test_panels_tell_the_mentor_and_the_page_of_the_person(self, boss, trainee, enrolment, items):
        mark_ready(enrolment, items[0], at=NINE)
        sign(enrolment, items[1], "done", by=boss, at=NINE)

        (row,) = waiting(boss, clock.today())["rows"]
        (shown,) = shown_by(boss, trainee, clock.today())["rows"]

        assert (row["enrolment__person__name"], row["waiting"]) == ("林小雨", 1)
        assert (shown["done"], shown["ready"]) == (1, 1)


class TestAuthor:
    def test_lines_become_items(self, as_, hire):
        unit = UnitFactory(kind="checklist", course__draft=True, body="")
        data = {"items": "- 登录系统 | 用自己的账号\n\n登记工单", "optional": "旁听复盘｜一次即可"}

        as_(hire(Role.INSTRUCTOR)).post(reverse("checklist-edit", args=[unit.pk]), data)

        assert list(checklist_of(unit).items.values_list("text", "hint", "is_required")) == [
            ("登录系统", "用自己的账号", True),
            ("登记工单", "", True),
            ("旁听复盘", "一次即可", False),
        ]

    @pytest.mark.parametrize(
        ("data", "field"),
        [
            ({"items": ""}, "items"),
            ({"items": "长" * 201}, "items"),
            ({"items": "\n".join(str(n) for n in range(61))}, "items"),
            ({"items": "一\n一"}, "items"),
            ({"items": "一", "optional": "| 只有提示"}, "optional"),
        ],
    )
    def test_bad_lines_are_said_at_their_field(self, as_, hire, data, field):
        unit = UnitFactory(kind="checklist", course__draft=True, body="")

        page = as_(hire(Role.HR)).post(reverse("checklist-edit", args=[unit.pk]), data)

        assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
        assert not checklist_of(unit).items.exists()
