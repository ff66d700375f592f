"""Files as answers, who gets them, and the beginning of a typing run."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessments.answering.actions import MOST_FILES
from assessments.attempts.actions import submit
from assessments.models import AnswerFile, Response
from courses.models import Media
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

TABLE = "单号,原因\n20260103,破损\n".encode()


def sent(client, attempt, data=TABLE, name="登记表.csv", position=1, **more):
    file = SimpleUploadedFile(name, data)
    values = {"attempt": attempt.pk, "position": position, "file": file, **more}
    return client.post(reverse("attempt-file"), values)


def saved(client, attempt, answer, sequence=1000, position=1):
    values = {"position": position, "sequence": sequence, "answer": json.dumps(answer)}
    return client.post(reverse("attempt-save", args=[attempt.pk]), values)


def answer_of(attempt, position=1):
    return Response.objects.get(attempt=attempt, position=position).answer


@pytest.fixture
def mine(client, trainee):
    client.force_login(trainee)
    return client


def test_a_file_is_kept_and_named_by_the_answer(mine, attempt):
    kept = sent(mine, attempt)
    assert kept.status_code == 201
    answer = kept.json()["answer"]
    assert (answer["name"], answer["size"]) == ("登记表.csv", len(TABLE))
    assert answer_of(attempt) is None
    assert saved(mine, attempt, answer).status_code == 200
    assert answer_of(attempt) == answer
    found = AnswerFile.objects.get()
    assert (str(found.pk), found.attempt, found.position, found.file.read()) == (answer["file"], attempt, 1, TABLE)
    got = mine.get(kept.json()["url"])
    assert b"".join(got.streaming_content) == TABLE
    assert got["Content-Disposition"].startswith("attachment")
    assert (got["Content-Security-Policy"].split(";")[0], got["X-Content-Type-Options"]) == (
        "default-src 'none'",
        "nosniff",
    )


def test_an_answer_that_names_another_file_is_refused(mine, attempt):
    answer = sent(mine, attempt).json()["answer"]
    assert saved(mine, attempt, {**answer, "file": str(uuid4())}).status_code == 409
    assert answer_of(attempt) is None


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.csv", "empty"),
        (b"x" * (1024 * 1024 + 1), "a.csv", "file_too_large"),
        (b"MZ\x90\x00", "a.pdf", "file_of_wrong_kind"),
        (b"hello", "a.exe", "file_of_wrong_kind"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_words_and_not_kept(mine, attempt, data, name, code):
    said = sent(mine, attempt, data, name)
    assert (said.status_code, said.json()["code"]) == (422, code)
    assert said.json()["message"]
    assert not AnswerFile.objects.exists()


def test_no_file_chosen_is_said(mine, attempt):
    said = mine.post(reverse("attempt-file"), {"attempt": attempt.pk, "position": 1})
    assert (said.status_code, said.json()["code"]) == (422, "no_file")


@pytest.mark.parametrize(
    "values", [{"position": 9}, {"position": 0}, {"position": "x"}, {"attempt": 0}, {"attempt": 10**9}]
)
def test_a_question_that_is_not_there_is_404(mine, attempt, values):
    file = SimpleUploadedFile("a.csv", TABLE)
    answer = mine.post(reverse("attempt-file"), {"attempt": attempt.pk, "position": 1, "file": file, **values})
    assert answer.status_code == 404
    assert not AnswerFile.objects.exists()


def test_a_question_of_another_kind_takes_no_file(mine, attempt):
    said = sent(mine, attempt, position=2)
    assert said.json()["code"] == "unknown_option"


def test_after_handing_in_no_file_is_taken(mine, attempt):
    submit(attempt, at=clock.now())
    said = sent(mine, attempt)
    assert (said.status_code, said.json()["code"]) == (409, "submitted")
    assert not AnswerFile.objects.exists()


def test_after_the_time_no_file_is_taken(mine, attempt):
    attempt.deadline = clock.now() - timedelta(seconds=1)
    attempt.save()
    assert sent(mine, attempt).json()["code"] == "time_is_up"


def test_a_question_takes_a_number_of_files_and_no_more(mine, attempt):
    AnswerFile.objects.bulk_create(
        AnswerFile(attempt=attempt, position=1, name="a.csv", size=1, uploaded_at=clock.now())
        for _n in range(MOST_FILES)
    )
    assert sent(mine, attempt).json()["code"] == "too_many_files"


def test_a_stranger_uploads_nothing_and_gets_nothing(client, hire, attempt, trainee):
    client.force_login(trainee)
    kept = sent(client, attempt).json()
    saved(client, attempt, kept["answer"])
    client.force_login(hire(Role.TRAINEE))
    assert sent(client, attempt).status_code == 404
    assert client.get(kept["url"]).status_code == 404


def test_who_marks_gets_the_file_once_it_is_handed_in(client, hire, attempt, trainee):
    client.force_login(trainee)
    dropped, kept = sent(client, attempt).json(), sent(client, attempt).json()
    saved(client, attempt, kept["answer"])
    client.force_login(hire(Role.HR))
    assert client.get(kept["url"]).status_code == 404
    submit(attempt, at=clock.now())
    assert client.get(kept["url"]).status_code == 200
    assert client.get(dropped["url"]).status_code == 404


def test_who_marks_without_names_gets_it_without_one(client, hire, attempt, trainee):
    client.force_login(trainee)
    kept = sent(client, attempt, name="李静的登记表.csv").json()
    saved(client, attempt, kept["answer"])
    attempt.quiz.anonymous = True
    attempt.quiz.save()
    submit(attempt, at=clock.now())
    client.force_login(hire(Role.HR))
    assert "%E6%9D%8E" not in client.get(kept["url"])["Content-Disposition"]  # 李


def test_a_file_that_is_lost_is_404_and_no_fault(mine, attempt):
    kept = sent(mine, attempt).json()
    found = AnswerFile.objects.get()
    found.file.storage.delete(found.file.name)
    assert mine.get(kept["url"]).status_code == 404


def test_a_form_without_scripts_uploads_by_a_button_of_its_own(mine, attempt):
    values = {"attempt": attempt.pk, "file-for": "q-1", "q-1-file": SimpleUploadedFile("表.csv", TABLE)}
    answer = mine.post(reverse("attempt-file"), values)
    assert answer.url == f"{reverse('attempt', args=[attempt.pk])}#q-1"
    assert answer_of(attempt)["name"] == "表.csv"
    refused = mine.post(reverse("attempt-file"), {"attempt": attempt.pk, "file-for": "q-1"}, follow=True)
    assert "选择" in refused.content.decode()
    assert answer_of(attempt)["name"] == "表.csv"


def test_without_scripts_what_else_was_answered_is_kept_with_the_file(mine, attempt):
    page = mine.get(reverse("attempt", args=[attempt.pk])).content.decode()
    assert f'name="attempt" value="{attempt.pk}"' in page
    values = {"attempt": attempt.pk, "file-for": "q-1", "q-1-file": SimpleUploadedFile("表.csv", TABLE)}
    others = {"q-1": "", "q-2": "", "q-3-x": "450", "q-3-y": "7", "was-1": "null", "was-2": "null", "was-3": "null"}
    assert mine.post(reverse("attempt-file"), {**values, **others}).status_code == 302
    assert (answer_of(attempt)["name"], answer_of(attempt, 3)) == ("表.csv", [450, 7])


def test_a_form_that_makes_no_sense_is_no_fault(mine, attempt):
    nonsense = {"plain": "1", "later": "1", "q-1": "made-up", "q-2": "{", "q-3-x": "a", "q-3-y": "b"}
    assert mine.post(reverse("attempt-submit", args=[attempt.pk]), nonsense).status_code == 302
    assert [answer_of(attempt, position) for position in (1, 2, 3)] == [None, None, None]


def test_the_page_offers_the_file_that_was_kept(mine, attempt):
    kept = sent(mine, attempt).json()
    saved(mine, attempt, kept["answer"])
    assert kept["url"] in mine.get(reverse("attempt", args=[attempt.pk])).content.decode()


def test_a_typing_run_begins_at_the_server_and_is_timed_by_it(mine, attempt):
    run = mine.post(reverse("typing-begin")).json()["run"]
    assert saved(mine, attempt, {"typed": "亲", "ms": 10**8, "run": run}, position=2).status_code == 200
    assert 0 < answer_of(attempt, 2)["ms"] < 60_000
    assert saved(mine, attempt, {"typed": "亲", "ms": 1, "run": "1:x:y"}, 2000, position=2).status_code == 409


def test_the_screenshot_is_seen_by_who_is_asked_and_by_who_sees_the_bank(client, hire, attempt, trainee):
    url = reverse("media-file", args=[Media.objects.get().short])
    seen = {}
    for name, person in (("asked", trainee), ("stranger", hire(Role.TRAINEE)), ("assessor", hire(Role.ASSESSOR))):
        client.force_login(person)
        seen[name] = client.get(url).status_code
    assert seen["asked"] == 200
    assert seen["stranger"] == 404
