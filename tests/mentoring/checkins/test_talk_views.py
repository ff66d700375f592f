from datetime import timedelta

import pytest
from django.urls import reverse

from mentoring.models import AgendaItem, CheckIn, JobPlan, JobTask, NextStep
from tests.factories.mentoring import CheckInFactory, PairingFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

HTMX = {"HX-Request": "true"}


@pytest.fixture
def today(db):
    return clock.today()


@pytest.fixture
def mentor(hire):
    return hire(Role.MENTOR, name="李静", department="care")


@pytest.fixture
def mentee(hire):
    return hire(name="王小明", department="disputes")


@pytest.fixture
def pairing(mentor, mentee, today):
    return PairingFactory(mentor=mentor, mentee=mentee, started_on=today - timedelta(days=14))


@pytest.fixture
def checkin(pairing, today):
    """Planned for today."""
    return CheckInFactory(pairing=pairing, due_on=today)


@pytest.fixture
def held(pairing, today):
    """Held a week ago, with one step of the mentee."""
    return CheckInFactory(pairing=pairing, due_on=today - timedelta(days=7), held=True, shared_note="复盘三通电话")


def page(client, checkin):
    return client.get(reverse("checkin", args=[checkin.pk]))


def agenda(checkin):
    return list(AgendaItem.objects.filter(checkin=checkin).values_list("text", flat=True))


class TestThePage:
    @pytest.mark.usefixtures("held")
    def test_both_sides_prepare_it(self, as_, checkin, mentor, mentee):
        for person, side in ((mentor, "mentor"), (mentee, "mentee")):
            context = page(as_(person), checkin).context

            assert (context["side"], context["works"], context["is_mentor"]) == (side, True, side == "mentor")
            assert context["draft"] == f"own-note-{checkin.pk}-by-{person.pk}"
            assert context["suggested"] == ["独立处理简单退货"]
            assert [step.text for step in context["before"]] == ["独立处理简单退货"]

    def test_hr_reads_days_progress_and_what_is_for_both(self, as_, hire, held):
        response = page(as_(hire(Role.HR)), held)

        text = response.content.decode()
        assert all(part in text for part in ("复盘三通电话", "符合预期", "独立处理简单退货", "李静", "王小明"))
        assert (response.context["side"], response.context["works"], "own_note" in response.context) == (
            None,
            False,
            False,
        )

    def test_a_missed_one_says_since_when_hr_knows(self, as_, hire, checkin, today):
        CheckIn.objects.update(due_on=today - timedelta(days=4), escalated_at=clock.now())

        text = page(as_(hire(Role.HR)), checkin).content.decode()

        assert ("已逾期" in text, "HR" in text or "人力" in text) == (True, True)

    def test_of_an_ended_pairing_it_is_read_only(self, as_, mentee, pairing, held, today):
        pairing.ended_on, pairing.end_reason = today, "reached"
        pairing.save()

        assert page(as_(mentee), held).context["works"] is False

    def test_strangers_find_nothing(self, as_, hire, checkin):
        statuses = [page(as_(person), checkin).status_code for person in (hire(), hire(Role.MENTOR))]

        assert statuses == [404, 404]

    @pytest.mark.parametrize("rows", [1, 15])
    def test_it_takes_nine_queries(self, as_, pairing, checkin, mentor, rows, today, django_assert_max_num_queries):
        ends = today + timedelta(days=30)
        plan = JobPlan.objects.create(
            mentee=pairing.mentee, title="四周", weeks=4, started_on=pairing.started_on, ends_on=ends
        )
        pairing.plan = plan
        pairing.save()
        for number in range(rows):
            checkin.agenda.create(text=f"话题{number}", by=mentor)
            checkin.next_steps.create(text=f"下一步{number}")
            JobTask.objects.create(plan=plan, week=3, phase="alone", text=f"任务{number}", due_on=ends)
        client = as_(mentor)

        with django_assert_max_num_queries(9):
            page(client, checkin)


class TestAgenda:
    def test_either_adds_ticks_and_takes_the_own_away(self, as_, mentor, mentee, checkin):
        client = as_(mentee)
        for text in ("想问夜班", "想问夜班", "退款话术"):
            client.post(reverse("checkin-item-add", args=[checkin.pk]), {"text": text})
        first, second = AgendaItem.objects.order_by("pk")

        client.post(reverse("checkin-item-remove", args=[second.pk]))
        as_(mentor).post(reverse("checkin-item-tick", args=[first.pk]), {"talked": "1"})

        first.refresh_from_db()
        assert (agenda(checkin), first.talked_at is not None) == (["想问夜班"], True)

    def test_htmx_gets_the_agenda_alone(self, as_, mentee, checkin):
        answer = as_(mentee).post(reverse("checkin-item-add", args=[checkin.pk]), {"text": "想问夜班"}, headers=HTMX)

        text = answer.content.decode()
        assert (answer.status_code, "想问夜班" in text, "<html" in text) == (200, True, False)

    @pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "part"])
    @pytest.mark.parametrize("text", ["", "   ", "长" * 201], ids=["nothing", "blanks", "too long"])
    def test_bad_topics_are_said_at_the_field(self, as_, mentee, checkin, headers, text):
        answer = as_(mentee).post(reverse("checkin-item-add", args=[checkin.pk]), {"text": text}, headers=headers)

        assert (answer.status_code, list(answer.context["agenda_form"].errors)) == (422, ["text"])
        assert agenda(checkin) == []

    def test_what_the_other_wants_to_talk_about_stays(self, as_, mentor, mentee, checkin):
        item = checkin.agenda.create(text="排班", by=mentor)

        answer = as_(mentee).post(reverse("checkin-item-remove", args=[item.pk]), headers=HTMX)

        assert ("只能移除自己加的议题" in answer.content.decode(), agenda(checkin)) == (True, ["排班"])

    def test_strangers_and_hr_have_no_hand_in_it(self, as_, hire, mentor, checkin):
        item = checkin.agenda.create(text="排班", by=mentor)
        urls = [
            reverse("checkin-item-add", args=[checkin.pk]),
            reverse("checkin-item-tick", args=[item.pk]),
            reverse("checkin-item-remove", args=[item.pk]),
            reverse("checkin-own-note", args=[checkin.pk]),
            reverse("next-step-add", args=[checkin.pk]),
        ]

        statuses = {
            as_(hire(role)).post(url, {"text": "x"}).status_code for role in (Role.MENTOR, Role.HR) for url in urls
        }

        assert (statuses, agenda(checkin)) == ({404, 403}, ["排班"])


class TestSteps:
    def add(self, client, checkin, **data):
        return client.post(reverse("next-step-add", args=[checkin.pk]), {"text": "写三张工单"} | data)

    def test_mentee_adds_own_ones_and_mentor_for_both(self, as_, mentor, mentee, held, today):
        self.add(as_(mentee), held, side="mentor", due_on=today.isoformat())
        self.add(as_(mentor), held, side="mentor", text="要一份录音")

        rows = NextStep.objects.order_by("pk").values_list("side", "text", "due_on")
        assert list(rows)[1:] == [("mentee", "写三张工单", today), ("mentor", "要一份录音", None)]

    @pytest.mark.parametrize(
        ("data", "field"),
        [({"text": ""}, "text"), ({"text": "长" * 301}, "text"), ({"due_on": "2020-01-01"}, "due_on")],
        ids=["nothing", "too long", "before the talk"],
    )
    def test_bad_ones_are_said_at_their_field(self, as_, mentee, held, data, field):
        answer = self.add(as_(mentee), held, **data)

        assert (answer.status_code, list(answer.context["step_form"].errors)) == (422, [field])
        assert NextStep.objects.count() == 1

    def test_done_and_open_again(self, as_, mentee, held):
        step, done = held.next_steps.get(), []

        for value in ("1", "1", "0"):
            as_(mentee).post(reverse("next-step-done", args=[step.pk]), {"done": value})
            step.refresh_from_db()
            done.append(step.done_at is not None)

        assert done == [True, True, False]

    def test_ticked_on_the_page_of_the_next_talk_it_leads_back_there(self, as_, mentee, held, checkin):
        step = held.next_steps.get()

        answer = as_(mentee).post(reverse("next-step-done", args=[step.pk]), {"on": str(checkin.pk)})
        wrong = as_(mentee).post(reverse("next-step-done", args=[step.pk]), {"on": "999999"})

        assert (answer["Location"], wrong.status_code) == (reverse("checkin", args=[checkin.pk]), 404)

    def test_the_mentors_step_is_not_the_mentees_to_tick(self, as_, mentee, held):
        step = held.next_steps.create(side="mentor", text="要一份录音")

        as_(mentee).post(reverse("next-step-done", args=[step.pk]))

        step.refresh_from_db()
        assert step.done_at is None


class TestAnotherDay:
    def test_asked_agreed_and_moved(self, as_, mentor, mentee, checkin, today):
        day = today + timedelta(days=2)
        move = reverse("checkin-move", args=[checkin.pk])

        places = [as_(mentee).post(move, {"wanted_on": day.isoformat(), "why": "夜班"})["Location"] for _ in range(2)]
        shown = page(as_(mentor), checkin).content.decode()
        as_(mentor).post(reverse("checkin-move-answer", args=[checkin.pk]), {"agrees": "1"})

        checkin.refresh_from_db()
        assert places == [reverse("checkin", args=[checkin.pk])] * 2
        assert ("夜班" in shown, checkin.due_on, checkin.wanted_on) == (True, day, None)

    def test_days_that_are_none_are_said_at_the_field(self, as_, mentee, checkin):
        for day in ("2020-01-01", "", "明天", checkin.due_on.isoformat()):
            answer = as_(mentee).post(reverse("checkin-move", args=[checkin.pk]), {"wanted_on": day})

            assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["wanted_on"])

    def test_a_wish_of_ones_own_is_not_agreed_to_alone(self, as_, mentee, checkin, today):
        day = today + timedelta(days=2)
        client = as_(mentee)
        client.post(reverse("checkin-move", args=[checkin.pk]), {"wanted_on": day.isoformat()})

        client.post(reverse("checkin-move-answer", args=[checkin.pk]), {"agrees": "1"})

        checkin.refresh_from_db()
        assert (checkin.due_on, checkin.wanted_on) == (today, day)
