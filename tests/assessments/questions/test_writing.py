"""Writing a question of each kind in the browser's form, with and without scripts."""

import pytest

from assessments.models import Question
from assessments.questions.types.base import TYPES
from tests.assessments.questions.types.samples import SAMPLES, checked
from tests.factories.assessments import QuestionFactory
from tests.factories.courses import TopicFactory
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(hire, as_):
    return as_(hire(Role.HR))


@pytest.fixture
def topic():
    return TopicFactory(slug="rules", title="平台规则")


def sent(topic, kind, **fields):
    return {"kind": kind, "topic": topic.pk, "difficulty": 2, "stem": "客户催发货,怎么回复?", **fields}


REPLIES = {
    "options-0-text": "马上为您查。",
    "options-0-credit": "100",
    "options-0-feedback": "先给时限。",
    "options-1-text": "请耐心等待。",
    "options-1-credit": "40",
    "options-2-text": "",
    "options-2-credit": "0",
}
PAIRS = {
    "stems-0-text": "签收六天",
    "stems-0-match": "无理由退货",
    "stems-1-text": "商品破损",
    "stems-1-match": "质量退换",
    "stems-2-text": "少发配件",
    "stems-2-match": "质量退换",
    "choices-0-text": "不支持",
}
STEPS = {
    "items": ["1", "0", "2"],
    "items-0-text": "登记",
    "items-1-text": "核对",
    "items-2-text": "通知",
    "grading": "exact",
}
GAPS = {
    "text": "签收后 [[1]] 天,运费由 [[2]] 承担",
    "gaps-0-id": "1",
    "gaps-0-mode": "typed",
    "gaps-0-lines": "7\n七天内 | 50\n",
    "gaps-1-id": "2",
    "gaps-1-mode": "chosen",
    "gaps-1-lines": "* 买家\n卖家",
}
PARTS = {
    "parts": ["4", "2"],
    "parts-2-kind": "true_false",
    "parts-2-stem": "定制商品可以退。",
    "parts-2-answer": "false",
    "parts-2-points": "1",
    "parts-4-kind": "best_reply",
    "parts-4-stem": "先回复哪一句?",
    "parts-4-points": "3",
    "parts-4-explanation": "先安抚。",
    **{f"parts-4-{name}": value for name, value in REPLIES.items()},
}


def texts(rows):
    return [row["text"] for row in rows]


def test_first_the_kind_is_chosen_from_all_there_are(hr):
    page = hr.get("/questions/new/?topic=7")
    assert [kind for kind, _type in page.context["kinds"]] == list(TYPES)
    assert "?topic=7&amp;kind=best_reply" in page.content.decode()


@pytest.mark.parametrize("kind", ["", "poem", "../x"])
def test_a_kind_that_is_none_of_ours_is_asked_for_again(hr, topic, kind):
    response = hr.post("/questions/new/", sent(topic, kind))
    assert (response.status_code, "kinds" in response.context) == (422, True)
    assert not Question.objects.exists()


def written(hr, topic, kind, **fields):
    response = hr.post("/questions/new/", sent(topic, kind, **fields))
    assert response.status_code == 302, response.context["form"].errors
    return Question.objects.get().current.content


def test_replies_are_written_with_what_each_is_worth(hr, topic):
    options = written(hr, topic, "best_reply", **REPLIES)["options"]
    assert [(row["text"], row["credit"], row["feedback"]) for row in options] == [
        ("马上为您查。", 100, "先给时限。"),
        ("请耐心等待。", 40, ""),
    ]


def test_pairs_with_the_same_words_on_the_right_share_a_choice(hr, topic):
    content = written(hr, topic, "matching", **PAIRS)
    words = {row["id"]: row["text"] for row in content["choices"]}
    assert [(row["text"], words[row["match"]]) for row in content["stems"]] == [
        ("签收六天", "无理由退货"),
        ("商品破损", "质量退换"),
        ("少发配件", "质量退换"),
    ]
    assert sorted(words.values()) == sorted(["无理由退货", "质量退换", "不支持"])


def test_steps_stand_in_the_order_of_their_rows(hr, topic):
    content = written(hr, topic, "ordering", **STEPS)
    assert (texts(content["items"]), content["grading"]) == (["核对", "登记", "通知"], "exact")


def test_gaps_are_read_line_by_line(hr, topic):
    typed, chosen = written(hr, topic, "gaps", **GAPS)["gaps"]
    assert typed["answers"] == [{"text": "7", "credit": 100}, {"text": "七天内", "credit": 50}]
    assert [(row["text"], row["correct"]) for row in chosen["options"]] == [("买家", True), ("卖家", False)]


def test_the_questions_of_a_case_are_of_their_own_kinds(hr, topic):
    first, second = written(hr, topic, "case", **PARTS)["parts"]
    assert (first["kind"], first["stem"], first["points"], first["explanation"]) == (
        *("best_reply", "先回复哪一句?"),
        *(3, "先安抚。"),
    )
    assert texts(first["content"]["options"]) == ["马上为您查。", "请耐心等待。"]
    assert (second["kind"], second["content"]["options"][1]["correct"]) == ("true_false", True)


@pytest.mark.parametrize(
    ("kind", "fields", "wrong"),
    [
        ("best_reply", REPLIES | {"options-0-credit": "90"}, "options"),
        ("best_reply", REPLIES | {"options-1-credit": "半"}, "options"),
        ("matching", PAIRS | {"stems-0-match": ""}, "stems"),
        ("matching", PAIRS | {"choices-0-text": "质量退换"}, "choices"),
        ("ordering", STEPS | {"items-0-text": "核对"}, "items"),
        ("ordering", STEPS | {"grading": "x"}, "grading"),
        ("gaps", GAPS | {"text": "没有"}, "text"),
        ("gaps", GAPS | {"gaps-1-lines": "买家\n卖家"}, "gaps"),
        ("case", {}, "parts"),
        ("case", PARTS | {"parts-2-answer": ""}, "parts"),
        ("case", PARTS | {"parts-4-stem": " "}, "parts"),
        ("case", PARTS | {"parts-4-points": "0"}, "parts"),
        ("case", PARTS | {"parts-4-kind": "essay"}, "parts"),
        ("single", {"options": ["x", "-1", "99999"], "options-0-text": "好"}, "options"),
        ("true_false", {"answer": "perhaps"}, "answer"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(hr, topic, kind, fields, wrong):
    response = hr.post("/questions/new/", sent(topic, kind, **fields))
    assert (response.status_code, list(response.context["form"].errors)) == (422, [wrong])
    assert not Question.objects.exists()


def test_in_a_case_it_is_said_in_the_part_too(hr, topic):
    page = hr.post("/questions/new/", sent(topic, "case", **PARTS | {"parts-2-answer": ""})).content.decode()
    assert 'id="id_parts-2-answer_error"' in page
    assert "id_parts-4-stem_error" not in page


@pytest.mark.parametrize("kind", list(SAMPLES))
def test_an_edit_that_changes_nothing_makes_no_version(hr, topic, kind):
    question = QuestionFactory(topic=topic, kind=kind, content=checked(kind), stem="怎么办?")
    form = hr.get(f"/questions/{question.pk}/edit/").context["form"]
    response = hr.post(f"/questions/{question.pk}/edit/", fields_of(form))
    assert response.status_code == 302, response.context["form"].errors
    question.refresh_from_db()
    assert (question.current.number, question.current.content) == (1, checked(kind))


def fields_of(form, prefix=""):
    """What a browser would send of this form, rows and rows within rows too."""
    data = {}
    for bound in form:
        rows = getattr(bound.field.widget, "rows", None)
        value = bound.value()
        if callable(rows):
            shown = rows(bound.html_name, value or [])
            data[bound.html_name] = [row.number for row in shown]
            for row in shown:
                data |= fields_of(row)
        elif value not in (None, False):
            data[bound.html_name] = bound.field.prepare_value(value)
    return data


# --- Without scripts the buttons of the rows ask the server ---


def stepped(hr, topic, kind, step, **fields):
    response = hr.post("/questions/new/", sent(topic, kind, step=step, stem="", **fields))
    assert response.status_code == 200
    assert not response.context["form"].errors
    assert not Question.objects.exists()
    return response


def test_a_row_more_keeps_what_was_typed_and_judges_nothing(hr, topic):
    page = stepped(hr, topic, "best_reply", "options|add|", **REPLIES).content.decode()
    assert page.count("data-row>") == 3 + 1 + 1  # those sent, the new one, and the one that scripts copy
    assert "马上为您查。" in page


def test_a_part_is_added_moved_and_removed(hr, topic):
    def kinds(step):
        form = stepped(hr, topic, "case", step, **PARTS).context["form"]
        return [row.type.label for row in form["parts"].value()]

    reply, truth = TYPES["best_reply"].label, TYPES["true_false"].label
    assert kinds("parts|add|gaps") == [reply, truth, TYPES["gaps"].label]
    assert kinds("parts|down|4") == kinds("parts|up|2") == [truth, reply]
    assert kinds("parts|up|4") == kinds("parts|remove|77") == kinds("nonsense") == [reply, truth]
    assert kinds("parts|remove|4") == [truth]


def test_a_row_of_a_part_is_removed(hr, topic):
    form = stepped(hr, topic, "case", "parts-4-options|remove|0", **PARTS).context["form"]
    first = form["parts"].value()[0]
    assert [row["text"].value() for row in first["options"].value()] == ["请耐心等待。", ""]
