"""Whole attempts at a quiz of 20 questions over HTTP: what one costs, and many at once."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import count
from random import Random

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.crypto import get_random_string

from assessments.models import Attempt, Quiz, Response
from assessments.questions.actions import save_question
from assessments.quizzes.actions import add_questions, quiz_of
from courses.curriculum.actions import add_unit, create_course
from courses.curriculum.versions import publish_version
from courses.enrolment.actions import enrol
from courses.models import Course, Enrolment, Topic
from tests.bench.clients import CLIENTS, Load
from tests.bench.company import session_of
from tests.bench.wire import Browser
from trainingsite.core import clock
from trainingsite.people.access.roles import Role
from trainingsite.people.models import User
from trainingsite.people.staff.actions import grant

CODE, QUESTIONS, TRAINEES, TOGETHER = "bench-exam", 20, 200, 20
THINKING = (1.0, 3.0)  # seconds between two answers of one of the 200
PLACE = re.compile(rb'data-position="(\d+)"')
CHOICE = re.compile(rb'name="q-(\d+)" value="(\w+)"')


@dataclass(frozen=True)
class Exam:
    """Who can take it: (path of the quiz, session) of each."""

    quiz: Quiz
    seats: list[tuple[str, str]]

    def browser(self, port: int, seat: int) -> Browser:
        return Browser(port, f"sessionid={self.seats[seat][1]}", get_random_string(32))


@dataclass
class Log:
    """What the browsers saw, in seconds; `kept` is what the server acknowledged: (attempt, position) -> answer."""

    saves: list[float] = field(default_factory=list)
    attempts: int = 0
    refused: int = 0
    kept: dict[tuple[int, int], list[str]] = field(default_factory=dict)

    def load(self, seconds: float) -> Load:
        return Load(seconds, self.saves)


def load_exam() -> Exam:
    """A published course with a quiz of 20 choices, and 200 people enrolled in it."""
    course = Course.objects.filter(code=CODE).first() or _course()
    quiz = Quiz.objects.get(unit__course=course)
    people = User.objects.filter(external_id__startswith="B").order_by("pk")[:TRAINEES]
    seats = []
    for person in people:
        enrolment = Enrolment.objects.filter(person=person, course=course).first()
        if enrolment is None:
            grant(person, Role.TRAINEE)
            enrolment = enrol(person, course, on=clock.today())
        seats.append((f"/learn/{enrolment.pk}/quiz/{quiz.unit_id}/", session_of(person)))
    return Exam(quiz, seats)


def _course() -> Course:
    topic = Topic.objects.order_by("pk")[0]
    course = create_course(topic=topic, title="测量用考试", code=CODE)
    quiz = quiz_of(add_unit(course, kind="quiz", title="考试", body=""))
    options = [{"text": text, "correct": text == "先查订单"} for text in ("先查订单", "直接拒绝", "不回复", "转主管")]
    questions = [
        save_question(
            None,
            by=None,
            topic=topic,
            code="",
            kind="single",
            difficulty=1,
            stem=f"客户第 {number} 次催单，先做什么？",
            content={"options": options},
            explanation="先看订单，再回答客户。",
        )
        for number in range(1, QUESTIONS + 1)
    ]
    add_questions(quiz, questions)
    publish_version(course, by=None, at=clock.now())
    course.refresh_from_db()
    return course


def take(browser: Browser, path: str, log: Log, chance: Random, *, pause: tuple[float, float] | None = None) -> None:
    """View, start, save one by one, hand in, look at the result."""
    browser.get(path)
    attempt_path = browser.post(f"{path}start/").location
    attempt = int(attempt_path.strip("/").split("/")[-1])
    page = browser.get(attempt_path).body
    choices: dict[int, list[str]] = {}
    for position, key in CHOICE.findall(page):
        choices.setdefault(int(position), []).append(key.decode())
    sequence = 0
    for position in sorted(choices):
        if pause:
            time.sleep(chance.uniform(*pause))
        sequence += 1000
        answer = [chance.choice(choices[position])]
        begun = time.perf_counter()
        fields = {"position": position, "sequence": sequence, "flagged": "0", "answer": json.dumps(answer)}
        said = browser.post(f"{attempt_path}answers/", fields)
        log.saves.append(time.perf_counter() - begun)
        if said.status == 200:
            log.kept[attempt, position] = answer
        else:
            log.refused += 1
    handed_in = browser.post(f"{attempt_path}submit/")
    browser.get(handed_in.location)
    log.attempts += 1


def together(exam: Exam, port: int, seats: Iterable[int], work: Callable[[Browser, str, Log, Random], object]) -> Log:
    """Let a browser of each seat do the work at the same time."""
    log = Log()

    def one(seat: int) -> None:
        browser = exam.browser(port, seat)
        work(browser, exam.seats[seat][0], log, Random(seat))
        browser.close()

    threads = [threading.Thread(target=one, args=(seat,)) for seat in seats]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return log


def without_pause(exam: Exam, port: int, seconds: float) -> tuple[Log, float]:
    """20 trainees who take attempt after attempt for some seconds; with the seconds it took to finish the last."""
    begun = time.perf_counter()

    def work(browser: Browser, path: str, log: Log, chance: Random) -> None:
        while time.perf_counter() - begun < seconds:
            take(browser, path, log, chance)

    log = together(exam, port, range(TOGETHER), work)
    return log, time.perf_counter() - begun


def only_saves(exam: Exam, port: int, seconds: float) -> Log:
    """Eight trainees who change one answer again and again."""
    until = time.perf_counter() + seconds

    def work(browser: Browser, path: str, log: Log, _chance: Random) -> None:
        attempt = browser.post(f"{path}start/").location
        _place, key = CHOICE.findall(browser.get(attempt).body)[0]
        fields = {"position": 1, "flagged": "0", "answer": json.dumps([key.decode()])}
        for sequence in count(1):
            begun = time.perf_counter()
            said = browser.post(f"{attempt}answers/", {**fields, "sequence": sequence})
            log.saves.append(time.perf_counter() - begun)
            log.refused += said.status != 200
            if time.perf_counter() > until:
                break
        browser.post(f"{attempt}submit/")

    return together(exam, port, range(CLIENTS), work)


def all_at_once(exam: Exam, port: int) -> Log:
    """200 trainees with a moment of thought before each answer."""
    return together(exam, port, range(TRAINEES), lambda *given: take(*given, pause=THINKING))


def lost(log: Log) -> int:
    """Acknowledged answers that are not in the database."""
    rows = Response.objects.filter(attempt__in={attempt for attempt, _position in log.kept})
    kept = {(r.attempt_id, r.position): r.answer for r in rows}
    return sum(kept.get(key) != answer for key, answer in log.kept.items())


def statements(exam: Exam) -> int:
    """Statements of one whole attempt, counted in this process."""
    path, session = exam.seats[0]
    client = Client(headers={"Cookie": f"sessionid={session}"}, SERVER_NAME="127.0.0.1")
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
        attempt = client.post(f"{path}start/").headers["Location"]
        client.get(attempt)
        found = Attempt.objects.get(pk=int(attempt.strip("/").split("/")[-1]))
        orders = list(found.responses.values_list("position", "option_order"))
        for number, (position, order) in enumerate(orders, start=1):
            fields = {"position": position, "sequence": number, "flagged": "0", "answer": json.dumps(order[:1])}
            client.post(f"{attempt}answers/", fields)
        client.get(client.post(f"{attempt}submit/").headers["Location"])
    return len(captured) - 2  # the two of this function


def size() -> int:
    """Bytes of the tables and indexes in which attempts stand."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_total_relation_size(oid)) FROM pg_class "
            "WHERE relkind = 'r' AND relname ~ '^(assessments|courses|notices|pghistory)_'"
        )
        return int(cursor.fetchone()[0])
