import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from assessments.exchange.models import QuestionImport
from assessments.exchange.parsed import MAX_BYTES
from assessments.models import Question
from tests.factories.assessments import QuestionFactory
from tests.factories.courses import TopicFactory

pytestmark = pytest.mark.django_db
IMPORTS, EXPORTS = "/api/v1/question-imports/", "/api/v1/question-exports/"
GIFT = "::Q1::退货要几天? {=七天 ~三天}\n\n只是一段话。\n".encode()


@pytest.fixture
def send(ask_token):
    token = ask_token().json()["access_token"]
    TopicFactory(slug="returns")

    def call(data=GIFT, **more):
        client = Client(headers={"Authorization": f"Bearer {token}"})
        return client.post(IMPORTS, {"file": SimpleUploadedFile("q.gift", data), "topic": "returns", **more})

    return call


def told(answer):
    row = answer.json()
    return [row[name] for name in ("applied", "file_format", "created", "changed", "unchanged", "faulty")]


def test_a_preview_changes_nothing(send):
    answer = send(preview="true")
    assert told(answer) == [False, "gift", 1, 0, 0, 0]
    assert answer.json()["unmapped"][0]["whole"] is True
    assert (Question.objects.count(), QuestionImport.objects.count()) == (0, 0)


def test_a_file_is_taken_and_a_repeat_changes_nothing(send):
    assert told(send()) == [True, "gift", 1, 0, 0, 0]
    assert told(send()) == [True, "gift", 0, 0, 1, 0]
    assert Question.objects.get().code == "returns-001"


def test_a_faulty_question_keeps_all_out(send):
    answer = send(GIFT + "\n坏的 {=a\n".encode())
    assert told(answer) == [False, "gift", 1, 0, 0, 1]
    assert Question.objects.count() == 0


def test_the_good_ones_alone_are_taken_and_the_others_told(send):
    faulty = GIFT + "\n坏的 {=a\n".encode()
    answer = send(faulty, good_only="true")
    assert told(answer) == [True, "gift", 1, 0, 0, 1]
    assert [row["state"] for row in answer.json()["questions"]] == ["new", "error"]
    assert (Question.objects.count(), told(send(faulty, good_only="true"))) == (1, [True, "gift", 0, 0, 1, 1])


@pytest.mark.parametrize(
    ("more", "field"),
    [({"topic": "none"}, "topic"), ({"file_format": "word"}, "file_format"), ({"data": b""}, "file")],
)
def test_what_is_wrong_is_told_at_its_field(send, more, field):
    answer = send(**more)
    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, field)


def test_a_file_that_is_too_large_is_refused(send):
    answer = send(b"x" * (MAX_BYTES + 1))
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "too_large")


@pytest.mark.parametrize("file_format", ["yaml", "gift", "moodle", "qti3", "excel", "aiken", "qti2"])
def test_the_bank_is_given_out_in_every_format(rest, file_format):
    QuestionFactory(topic=TopicFactory(), code="pr-1", stem="退货要几天?")
    answer = rest("get", f"{EXPORTS}?as={file_format}")
    assert (answer.status_code, answer["X-Left-Out"]) == (200, "0")
    assert len(answer.content) > 50


def test_filters_narrow_what_is_given_out(rest):
    QuestionFactory(topic=TopicFactory(), code="pr-1", stem="退货要几天?")
    QuestionFactory(topic=TopicFactory(), code="pr-2", stem="换货要几天?")
    text = rest("get", f"{EXPORTS}?as=gift&q=换货").content.decode()
    assert ("pr-1" in text, "pr-2" in text) == (False, True)


def test_an_unknown_format_is_refused(rest):
    assert rest("get", f"{EXPORTS}?as=word").status_code == 400
