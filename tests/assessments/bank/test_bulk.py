from datetime import timedelta

import pytest

from assessments.bank.bulk import change_many, plan, undo
from assessments.models import BulkChange, Question
from tests.assessments.conftest import NOON
from tests.factories.assessments import CategoryFactory, QuestionFactory, QuizFactory, put
from tests.factories.courses import CompetencyFactory, TopicFactory, UnitFactory
from trainingsite.core.errors import Refused
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def bank(topic):
    return [QuestionFactory(topic=topic, code=f"q-{n}", tags=["旧", f"t{n}"]) for n in range(3)]


def change(questions, author, **asked):
    return change_many([question.pk for question in questions], asked, by=author, at=NOON)


def facts():
    columns = "code", "topic__slug", "category__title", "tags", "difficulty", "status"
    return list(Question.objects.order_by("code").values_list(*columns))


def test_everything_asked_becomes_of_all(bank, author, topic):
    category = CategoryFactory(topic=TopicFactory(slug="fees"), title="运费")
    asked = {"topic": category.topic_id, "category": category.pk, "add_tags": ["新"], "remove_tags": ["旧"]}
    done = change(bank, author, **asked, difficulty=3, status="draft")
    assert facts() == [(f"q-{n}", "fees", "运费", [f"t{n}", "新"], 3, "draft") for n in range(3)]
    assert (done.count, done.by, done.at) == (3, author, NOON)


def test_what_was_done_is_taken_back_once(bank, author):
    before = facts()
    done = change(bank, author, add_tags=["新"], status="retired", difficulty=1)
    assert Question.objects.filter(retired_at=NOON).count() == 3
    assert undo(done, at=LATER).undone_at == LATER
    assert (facts(), Question.objects.exclude(retired_at=None).count()) == (before, 0)
    bank[0].refresh_from_db()
    Question.objects.filter(pk=bank[0].pk).update(difficulty=3)
    assert undo(done, at=LATER + timedelta(hours=1)).undone_at == LATER
    assert Question.objects.get(pk=bank[0].pk).difficulty == 3


def test_who_stood_in_for_a_question_does_so_again_when_it_is_taken_back(bank, author):
    Question.objects.filter(pk=bank[0].pk).update(status="retired", retired_at=NOON, replaced_by=bank[1])
    done = change(bank[:1], author, status="ready")
    assert Question.objects.filter(replaced_by=None).count() == 3
    undo(done, at=LATER)
    assert Question.objects.get(pk=bank[0].pk).replaced_by == bank[1]


def test_what_was_kept_with_fewer_fields_is_taken_back_all_the_same(bank, author):
    done = change(bank, author, status="retired")
    for kept in (done.before, done.after):
        for values in kept.values():
            del values["replaced_by_id"]
    done.save()
    undo(done, at=LATER)
    assert Question.objects.in_use().count() == 3


def test_what_was_changed_since_is_not_taken_back(bank, author):
    done = change(bank, author, difficulty=3)
    Question.objects.filter(code="q-1").update(tags=["anders"])
    with pytest.raises(Refused, match="q-1"):
        undo(done, at=LATER)
    assert [row[4] for row in facts()] == [3, 3, 3]


def test_what_a_quiz_took_since_stays_ready(bank, author):
    Question.objects.update(status="draft")
    done = change(bank, author, status="ready")
    put(QuizFactory(unit=UnitFactory(kind="quiz")), bank[1])
    with pytest.raises(Refused, match="q-1"):
        undo(done, at=LATER)
    assert [row[5] for row in facts()] == ["ready"] * 3


def test_a_shelf_that_is_gone_takes_nothing_back(bank, author, topic):
    category = CategoryFactory(topic=topic)
    Question.objects.update(category=category)
    done = change(bank, author, topic=topic.pk, category=None)
    category.delete()
    with pytest.raises(Refused) as refusal:
        undo(done, at=LATER)
    assert refusal.value.code == "category_gone"


def test_all_or_nothing(bank, author):
    put(QuizFactory(unit=UnitFactory(kind="quiz", title="退货测验")), bank[1])
    made = plan([question.pk for question in bank], {"status": "retired"}, at=NOON)
    assert [question.code for question, _why in made.refused] == ["q-1"]
    assert "退货测验" in made.refused[0][1]
    with pytest.raises(Refused, match="q-1"):
        change(bank, author, status="retired")
    assert ([row[5] for row in facts()], BulkChange.objects.count()) == (["ready"] * 3, 0)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "nothing_asked"),
        ({"difficulty": 2}, "nothing_changes"),
        ({"topic": 0}, "gone"),
        ({"competency": 0x7FFF}, "gone"),
        ({"add_tags": [f"n{n}" for n in range(19)]}, "refused_some"),
    ],
)
def test_a_change_that_cannot_be_is_refused(bank, author, asked, code):
    with pytest.raises(Refused) as refusal:
        change(bank, author, **asked)
    assert (refusal.value.code, BulkChange.objects.count()) == (code, 0)


def test_only_what_changes_is_counted(bank, author):
    Question.objects.filter(code="q-0").update(difficulty=3)
    made = plan([question.pk for question in bank], {"difficulty": 3}, at=NOON)
    assert (sorted(made.after), made.unchanged) == ([bank[1].pk, bank[2].pk], 1)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_number_of_queries_does_not_grow(topic, author, rows, django_assert_max_num_queries):
    questions = [QuestionFactory(topic=topic) for _ in range(rows)]
    with django_assert_max_num_queries(7):
        change(questions, author, add_tags=["新"], status="retired", topic=topic.pk, category=None)


def posted(**changes):
    return {"place": "", "add_tags": "", "remove_tags": "", "difficulty": "", "competency": "", "status": ""} | changes


def test_by_page_it_is_shown_done_and_taken_back(hr, bank, topic):
    competency = CompetencyFactory()
    picked = {"pick": [bank[0].pk, bank[1].pk], "query": "q=t"}
    assert hr.post("/questions/bulk/", picked).context["count"] == 2
    wanted = posted(add_tags="新，更新", competency=str(competency.pk), **picked)
    shown = hr.post("/questions/bulk/", wanted | {"step": "check"})
    assert (len(shown.context["plan"].after), Question.objects.filter(competency=competency).count()) == (2, 0)
    done = hr.post("/questions/bulk/", wanted | {"step": "apply"})
    assert (done.status_code, done.url) == (302, "/questions/?q=t")
    assert [row[3] for row in facts()] == [["旧", "t0", "新", "更新"], ["旧", "t1", "新", "更新"], ["旧", "t2"]]
    change = BulkChange.objects.get()
    assert change.by.name in hr.get("/questions/bulk/changes/").content.decode()
    hr.post(f"/questions/bulk/changes/{change.pk}/undo/")
    assert [row[3] for row in facts()] == [["旧", "t0"], ["旧", "t1"], ["旧", "t2"]]


def test_all_that_the_filters_find_is_chosen(hr, bank, topic):
    QuestionFactory(topic=topic, code="other", difficulty=3)
    QuestionFactory(topic=topic, code="old", status="retired")
    page = hr.post("/questions/bulk/", {"all": "1", "query": "difficulty=2&page=7"})
    assert page.context["count"] == 3
    hr.post("/questions/bulk/", posted(all="1", query="difficulty=2", status="draft", step="apply"))
    assert {row[0]: row[5] for row in facts()} == {
        **{f"q-{n}": "draft" for n in range(3)},
        "other": "ready",
        "old": "retired",
    }


def test_nothing_chosen_leads_back(hr, bank):
    page = hr.post("/questions/bulk/", {"pick": ["x", "9" * 30], "query": "q=a"}, follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]


def test_what_is_wrong_is_said_and_nothing_changed(hr, bank):
    page = hr.post("/questions/bulk/", posted(pick=[bank[0].pk], place="t99999", step="apply"))
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["place"])
    page = hr.post("/questions/bulk/", posted(pick=[bank[0].pk], step="apply"))
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["__all__"])
    assert not BulkChange.objects.exists()


def test_an_auditor_sees_and_changes_nothing(hire, as_, bank):
    reader = as_(hire(Role.AUDITOR))
    assert "data-bank-pick" not in reader.get("/questions/").content.decode()
    assert reader.post("/questions/bulk/", {"pick": [bank[0].pk]}).status_code == 403
