"""The pages of points: what each shows to whom, on which day, in how many queries."""

from datetime import timedelta

import pytest
from django.urls import reverse

from assessments.points.actions import void_entry
from assessments.points.models import PointEntry
from assessments.points.steps import ASKS, Ask
from mentoring.careers.models import CareerStep
from tests.assessments.points.conftest import NOW
from tests.factories.assessments import QuizFactory
from tests.factories.courses import EnrolmentFactory, UnitFactory
from tests.factories.people import PositionFactory
from tests.factories.points import MARCH, entry_of, rule_of
from tests.factories.profiles import competency, need, profile_of
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.usefixtures("rule")

MINE, BOARD = "/me/points/", "/points/"
FIGURE = '<p class="h2 mb-1">'
REASON = "退款纠纷里主动回访三次,客户改了差评。"


@pytest.fixture
def asked(monkeypatch):
    """A step of a career asks for points, as mentoring registers it."""
    asks = {"step": lambda _person, _day: [Ask("高级客服专员 P3", 100, "/careers/1/"), Ask("资深", 10)]}
    monkeypatch.setattr(ASKS, "_things", asks)


def text_of(answer):
    return answer.content.decode()


def shown(answer):
    return answer.context["shown"]


def balances_of(answer):
    return [(person.name, round(person.balance, 2)) for person in answer.context["page"]]


class TestMine:
    def test_it_shows_balance_and_ledger(self, as_, person):
        entry_of(person, at=NOW - timedelta(days=100))
        answer = as_(person).get(MINE)
        assert (shown(answer).balance, [line.left for line in answer.context["lines"]]) == (10.0, [10.0])
        page = text_of(answer)
        assert "参加内部分享 1" in page
        assert "规则 1" in page or "rule 1" in page

    def test_the_ledger_of_a_past_day_knows_no_later_counter_entry(self, as_, person, hr):
        entry_of(person, at=MARCH - timedelta(days=9))
        void_entry(PointEntry.objects.get(), reason="重复登记", by=hr, at=NOW)
        client, path = as_(hr), f"/people/{person.pk}/points/"
        march, now = (client.get(f"{path}{asked}").context for asked in ("?on=2026-03-31", ""))
        assert [[bool(line.counter) for line in page["lines"]] for page in (march, now)] == [[False], [False, True]]
        assert [(page["may_give"], page["may_void"]) for page in (march, now)] == [(False, False), (True, True)]

    def test_the_balance_of_a_past_day_is_shown_as_it_was(self, as_, person, hr):
        entry_of(person, at=MARCH - timedelta(hours=1))
        void_entry(PointEntry.objects.get(), reason="重复登记", by=hr, at=NOW)
        client = as_(person)
        march, now = client.get(f"{MINE}?on=2026-03-31"), client.get(MINE)
        assert (round(shown(march).balance, 1), shown(now).balance) == (20.0, 0.0)
        assert (len(march.context["lines"]), len(now.context["lines"])) == (1, 2)
        assert march.context["lines"][0].entry.pk == now.context["lines"][1].entry.pk

    @pytest.mark.parametrize("on", ["2026-06-02", "gestern", "0001-01-01"], ids=["tomorrow", "no day", "year one"])
    def test_a_day_that_cannot_be_shown_is_no_crash(self, as_, person, on):
        assert as_(person).get(f"{MINE}?on={on}").status_code == 200

    def test_it_is_narrowed_by_event(self, as_, person):
        rule_of("quiz")
        entry_of(person), entry_of(person, event="quiz")
        answer = as_(person).get(f"{MINE}?event=quiz", headers={"HX-Request": "true"})
        assert [line.entry.event for line in answer.context["lines"]] == ["quiz"]
        assert "<html" not in text_of(answer)

    @pytest.mark.usefixtures("asked")
    def test_what_the_next_step_asks_for_is_shown_with_what_is_missing(self, as_, person):
        entry_of(person, at=NOW)
        steps = [(step.ask.label, step.missing, step.met) for step in shown(as_(person).get(MINE)).steps]
        assert steps == [("资深", 0, True), ("高级客服专员 P3", 80, False)]

    def test_the_steps_of_the_career_ask(self, as_, person):
        person.position, person.grade = PositionFactory(name="客服专员"), "P2"
        person.save()
        to = PositionFactory(name="高级客服专员")
        step = CareerStep.objects.create(from_position=person.position, to_position=to, to_grade="P3", points=120)
        CareerStep.objects.create(from_position=person.position, from_grade="P1", to_position=to, points=60)
        asks = [found.ask for found in shown(as_(person).get(MINE)).steps]
        assert asks == [Ask("高级客服专员 P3", 120, step.get_absolute_url())]

    def test_without_entries_it_says_what_will_be_here(self, as_, person):
        assert "pt-ledger" not in text_of(as_(person).get(MINE))

    @pytest.mark.parametrize("rows", [1, 30])
    def test_it_takes_nine_queries(self, as_, person, rows, django_assert_max_num_queries):
        chat = competency("沟通")
        person.position = profile_of(need(chat, 3, 100)).position
        person.save()
        for number in range(rows):
            entry_of(person, str(number), at=NOW)
        client = as_(person)
        client.get(MINE)
        with django_assert_max_num_queries(9):
            assert client.get(MINE).status_code == 200


class TestPerson:
    @pytest.mark.parametrize("role", ["boss", "hr"])
    def test_those_who_look_after_the_person_see_it(self, as_, person, role, request):
        entry_of(person, at=NOW)
        answer = as_(request.getfixturevalue(role)).get(reverse("person-points", args=[person.pk]))
        assert (shown(answer).balance, answer.context["may_give"], answer.context["may_void"]) == (
            20.0,
            True,
            role == "hr",
        )

    def test_others_do_not(self, as_, person, stranger):
        assert as_(person).get(reverse("person-points", args=[stranger.pk])).status_code == 404

    def test_a_voided_entry_stands_beside_its_counter_entry(self, as_, person, hr):
        void_entry(entry_of(person), reason="和周三那条重复", by=hr, at=NOW)
        answer = as_(hr).get(reverse("person-points", args=[person.pk]))
        first, second = answer.context["lines"]
        assert (first.entry.counter_of, second.counter) == (second.entry, first.entry)
        assert text_of(answer).count("和周三那条重复") == 2


class TestBoard:
    def test_a_supervisor_sees_the_own_people_with_balances(self, as_, boss, person, stranger, hire):
        other = hire(name="赵敏", department="disputes")
        entry_of(person, at=NOW), entry_of(stranger, at=NOW)
        answer = as_(boss).get(BOARD)
        assert balances_of(answer) == [(person.name, 20.0), (other.name, 0.0)]

    def test_it_sorts_and_narrows(self, as_, hr, person, stranger, company):
        entry_of(person, at=NOW)
        client = as_(hr)
        assert balances_of(client.get(f"{BOARD}?sort=-balance"))[0] == (person.name, 20.0)
        assert [n for n, _b in balances_of(client.get(f"{BOARD}?department={company['sales'].pk}"))] == [stranger.name]
        assert [n for n, _b in balances_of(client.get(f"{BOARD}?q=wangfang"))] == [stranger.name]
        assert [n for n, _b in balances_of(client.get(f"{BOARD}?q=wangfang&sort=lately"))] == [stranger.name]

    def test_a_past_day_shows_who_worked_then_and_what_they_had(self, as_, hr, person, hire):
        hire(name="新来的", hired_on=NOW.date())
        entry_of(person, at=NOW)
        then = balances_of(as_(hr).get(f"{BOARD}?on=2026-03-31"))
        assert then == [(person.name, 0.0)]

    def test_the_export_is_what_is_seen(self, as_, boss, person):
        entry_of(person, at=NOW - timedelta(days=100))
        lines = b"".join(as_(boss).get("/points/export/").streaming_content).decode().splitlines()
        assert len(lines) == 2
        assert lines[1].split(",")[1] == person.name
        assert lines[1].split(",")[-3:] == ["10.0", "0.0", "2026-06-01"]

    @pytest.mark.parametrize("rows", [1, 30])
    def test_it_takes_nine_queries(self, as_, hr, hire, rows, django_assert_max_num_queries):
        for number in range(rows):
            entry_of(hire(), str(number))
        client = as_(hr)
        client.get(BOARD)
        with django_assert_max_num_queries(9):
            assert client.get(BOARD).status_code == 200


class TestGive:
    @pytest.fixture
    def url(self, person):
        return reverse("points-give", args=[person.pk])

    @pytest.mark.usefixtures("gift_rule")
    def test_a_gift_stands_in_the_ledger(self, as_, boss, person, url):
        client = as_(boss)
        key = client.get(url).context["form"]["key"].value()
        for _twice in range(2):
            answer = client.post(url, {"points": "20", "reason": REASON, "key": key})
            assert answer.headers["Location"] == reverse("person-points", args=[person.pk])
        made = PointEntry.objects.get()
        assert (made.points, made.reason, made.by, Notice.objects.count()) == (20, REASON, boss, 1)

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({"points": "51"}, "points"),
            ({"points": "x"}, "points"),
            ({"reason": " "}, "reason"),
            ({"points": ""}, "points"),
        ],
        ids=["too many", "no number", "no reason", "nothing"],
    )
    @pytest.mark.usefixtures("gift_rule")
    def test_what_is_wrong_stands_at_its_field(self, as_, boss, url, sent, field):
        answer = as_(boss).post(url, {"points": "5", "reason": REASON, "key": "k"} | sent)
        assert (answer.status_code, list(answer.context["form"].errors), PointEntry.objects.count()) == (
            422,
            [field],
            0,
        )

    def test_without_a_rule_it_says_so(self, as_, boss, url):
        answer = as_(boss).get(url)
        assert (answer.status_code, '<form method="post" action=""' in text_of(answer)) == (200, False)
        assert as_(boss).post(url, {"points": "5", "reason": REASON}).status_code == 422

    @pytest.mark.usefixtures("gift_rule")
    def test_others_get_404(self, as_, boss, stranger):
        assert as_(boss).post(reverse("points-give", args=[stranger.pk])).status_code == 404


class TestVoid:
    def test_hr_takes_an_entry_back(self, as_, hr, person):
        entry = entry_of(person)
        url = reverse("points-void", args=[entry.pk])
        client = as_(hr)
        assert client.post(url, {"reason": ""}).status_code == 422
        for _twice in range(2):
            client.post(url, {"reason": "重复登记"})
        assert list(PointEntry.objects.order_by("pk").values_list("points", "reason")) == [(20, ""), (-20, "重复登记")]
        assert client.get(url).status_code == 200

    def test_the_own_is_refused_above_the_form(self, as_, hr):
        answer = as_(hr).post(reverse("points-void", args=[entry_of(hr).pk]), {"reason": "重复"})
        assert (answer.status_code, PointEntry.objects.count()) == (422, 1)


class TestPanels:
    def test_the_first_page_shows_the_balance_once_there_is_one(self, as_, person):
        client = as_(person)
        assert FIGURE not in text_of(client.get("/"))
        entry_of(person, at=NOW)
        assert FIGURE in text_of(client.get("/"))

    def test_the_persons_page_leads_to_the_ledger(self, as_, boss, person):
        entry_of(person, at=NOW)
        page = text_of(as_(boss).get(reverse("person", args=[person.pk])))
        assert reverse("person-points", args=[person.pk]) in page
        assert reverse("points-give", args=[person.pk]) in page

    def test_a_mentor_without_the_mentee_sees_nothing_there(self, as_, hire, person):
        mentor = hire(Role.MENTOR)
        assert as_(mentor).get(reverse("person-points", args=[person.pk])).status_code == 404


def test_links_lead_where_the_viewer_may_go(as_, person, hr):
    rule_of("course"), rule_of("certificate")
    for event, key in (("course", "7"), ("certificate", "3:1")):
        entry_of(person, key, event=event)
    of = {line.entry.event: line.url for line in as_(person).get(MINE).context["lines"]}
    by_hr = {line.entry.event: line.url for line in as_(hr).get(f"/people/{person.pk}/points/").context["lines"]}
    assert of == {"course": "", "certificate": reverse("my-certificates")}  # the course was never given to the person
    assert by_hr == {"course": "/courses/7/", "certificate": reverse("certification", args=[3])}


def test_what_was_learnt_leads_to_that_course(as_, person):
    taken = EnrolmentFactory(person=person)
    EnrolmentFactory(course=taken.course)  # of somebody else
    quiz = QuizFactory(unit=UnitFactory(course=taken.course, kind="quiz"))
    for event, key in (("course", taken.course_id), ("quiz", quiz.pk), ("checklist", quiz.unit_id)):
        rule_of(event)
        entry_of(person, str(key), event=event)
    lines = as_(person).get(MINE).context["lines"]
    assert [line.url for line in lines] == [reverse("learn", args=[taken.pk])] * 3
