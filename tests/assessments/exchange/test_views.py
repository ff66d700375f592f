import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments.exchange import actions
from assessments.exchange.formats import excel
from assessments.exchange.models import QuestionImport
from assessments.exchange.parsed import MAX_BYTES
from assessments.models import Question
from tests.assessments.conftest import NOON
from tests.factories.assessments import QuestionFactory
from tests.factories.courses import TopicFactory
from trainingsite.core.jobs.models import Job
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
GIFT = "::Q1::退货要几天? {=七天 ~三天}\n\n只是一段话。\n".encode()


@pytest.fixture
def hr(hire, as_):
    return as_(hire(Role.HR))


@pytest.fixture
def topic():
    return TopicFactory(slug="returns")


def question(**fields):
    return QuestionFactory(**{"topic": TopicFactory(), **fields})


def send(client, topic, data=GIFT, **more):
    form = {"file": SimpleUploadedFile("题目.gift", data), "topic": topic.pk, **more}
    return client.post(reverse("question-import"), form)


def test_a_file_is_chosen_looked_at_and_applied(hr, topic):
    answer = send(hr, topic)
    found = QuestionImport.objects.get()
    assert answer["Location"] == reverse("question-import-preview", args=[found.pk])
    page = hr.get(answer["Location"]).content.decode()
    assert all(word in page for word in ("题目.gift", "Q1", "退货要几天?", "新增 1 道，更改 0 道", "只是一段话"))
    assert Question.objects.count() == 0
    applied = hr.post(reverse("question-import-apply", args=[found.pk]), follow=True).content.decode()
    assert Question.objects.get().current.stem == "退货要几天?"
    assert reverse("question-import-apply", args=[found.pk]) not in applied
    assert reverse("question", args=[Question.objects.get().pk]) in applied
    assert "导入完成：新增 1 道，更改 0 道，未变 0 道。" in applied


def test_faulty_questions_are_named_and_left_out_only_when_asked(hr, topic):
    page = hr.get(send(hr, topic, GIFT + "\n坏的 {=a\n".encode())["Location"]).content.decode()
    found = QuestionImport.objects.get()
    assert "第 5 行" in page
    apply = reverse("question-import-apply", args=[found.pk])
    assert 'name="good"' in page
    assert hr.post(apply).status_code == 302
    assert Question.objects.count() == 0
    done = hr.post(apply, {"good": "1"}, follow=True).content.decode()
    assert (Question.objects.count(), "第 5 行" in done, apply in done) == (1, True, False)


def test_a_file_of_nothing_good_cannot_be_taken_at_all(hr, topic):
    page = hr.get(send(hr, topic, "坏的 {=a\n".encode())["Location"]).content.decode()
    assert reverse("question-import-apply", args=[QuestionImport.objects.get().pk]) not in page


def test_problems_stand_in_the_order_of_the_file_and_without_raw_names(hr, topic):
    data = "坏的 {=a\n\n$CATEGORY: 规则/时限\n\n好的 {=对 ~错}\n\n没有答案 {#}\n\n末题 {=对 ~错}\n"
    page = hr.get(send(hr, topic, data.encode())["Location"]).content.decode()
    places = [page.index(f"第 {n} 行</td>") for n in (1, 5, 7, 9)]
    assert places == sorted(places)
    assert "规则 / 时限" in page
    assert "answers" not in page


def test_only_whole_questions_left_out_are_a_warning(hr, topic):
    partly = hr.get(send(hr, topic, "[html]看<img src='a.png'>图 {=对 ~错}".encode())["Location"]).content.decode()
    assert "无法导入的内容" in partly
    assert "整题未导入" not in partly
    assert "整题未导入：1" in hr.get(send(hr, topic)["Location"]).content.decode()


@pytest.mark.parametrize("data", [b"\x00\xff\x13{=a ~b}", b"{=a ~b}", b"PK\x03\x04abc"])
def test_a_broken_workbook_is_told_as_one(hr, topic, data):
    file = SimpleUploadedFile("rand.xlsx", data)
    errors = send(hr, topic, file=file).context["form"].errors
    assert errors == {"file": ["无法读取这个 Excel 文件，请另存为 .xlsx 后重试。"]}


def test_broken_xml_is_told_in_our_words(hr, topic):
    errors = send(hr, topic, b"<quiz>\n<question>\n</quiz>").context["form"].errors
    assert errors == {"file": ["第 3 行附近的 XML 不完整。"]}


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\nxyz", b"<quiz><broken", b"x" * (MAX_BYTES + 1)])
def test_what_cannot_be_read_is_told_at_the_file(hr, topic, data):
    answer = send(hr, topic, data)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])
    assert QuestionImport.objects.count() == 0


def test_a_large_file_is_read_by_a_worker(hr, topic, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE_BYTES", 10)
    answer = send(hr, topic)
    job, found = Job.objects.get(), QuestionImport.objects.get()
    assert (answer["Location"], job.kind) == (reverse("job", args=[job.pk]), "question-look")
    page = hr.get(reverse("question-import-preview", args=[found.pk])).content.decode()
    assert "文件还在读取" in page


def test_a_long_file_is_applied_by_a_worker(hr, topic, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 0)
    send(hr, topic)
    hr.post(reverse("question-import-apply", args=[QuestionImport.objects.get().pk]))
    assert Job.objects.get().kind == "question-import"


def test_the_sheet_to_fill_in(hr):
    assert len(excel.read(hr.get(reverse("question-import-template")).content).drafts) == 12


def test_the_export_says_what_a_format_cannot_hold(hr):
    question(code="pr-1", stem="退货要几天?")
    ordering = {"items": [{"id": "x", "text": "甲"}, {"id": "y", "text": "乙"}], "grading": "places"}
    question(code="pr-2", kind="ordering", stem="排一排", content=ordering)
    page = hr.get(reverse("question-export") + "?as=aiken").content.decode()
    assert all(word in page for word in ("pr-2", "排一排", "Aiken"))
    file = hr.get(reverse("question-export") + "?as=aiken&download=1")
    assert file["Content-Disposition"] == 'attachment; filename="questions.txt"'
    assert file.content.decode().splitlines()[0] == "退货要几天?"


def test_the_export_holds_what_the_filters_find(hr):
    question(code="pr-1", stem="退货要几天?")
    question(code="pr-2", stem="换货要几天?")
    text = hr.get(reverse("question-export") + "?as=gift&download=1&q=换货").content.decode()
    assert ("pr-1" in text, "pr-2" in text) == (False, True)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_preview_takes_the_same_queries(hr, topic, rows, django_assert_max_num_queries):
    data = "\n\n".join(f"第 {n} 题 {{=对 ~错}}" for n in range(rows)).encode()
    where = send(hr, topic, data)["Location"]
    hr.get(where)
    with django_assert_max_num_queries(6):
        hr.get(where)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_export_takes_the_same_queries(hr, rows, django_assert_max_num_queries):
    for n in range(rows):
        question(code=f"pr-{n}")
    hr.get(reverse("question-export"))
    with django_assert_max_num_queries(8):
        hr.get(reverse("question-export"))


def test_an_applied_file_says_so(hr, topic, hire):
    send(hr, topic)
    found = QuestionImport.objects.get()
    actions.apply(found, at=NOON)
    page = hr.get(reverse("question-import-preview", args=[found.pk])).content.decode()
    assert reverse("question-import-apply", args=[found.pk]) not in page
    assert "alert-success" in page
