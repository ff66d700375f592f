"""What people are told, in words of their language."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from assessments.learning_paths.actions import accept
from assessments.learning_paths.assigning import Sought, assign, assign_in_job, take_back
from assessments.learning_paths.suggestions import suggest
from assessments.models import CurrentLevel
from courses.enrolment.actions import complete_many
from courses.models import Competency
from tests.factories.learning_paths import NOON
from trainingsite.core.jobs.models import Job
from trainingsite.notices.kinds import words
from trainingsite.notices.models import Notice
from trainingsite.people.access.roles import Role

DUE = NOON.date() + timedelta(days=9)


@pytest.fixture
def given(noon, hire, jing, offered):
    hr = hire(Role.HR, department="centre", name="人力")
    made = assign(Sought(Competency.objects.get(code="typing")), [jing.pk], due_on=DUE, by=hr, at=NOON)
    assign_in_job(made.job)
    Job.objects.update(state="done")
    made.refresh_from_db()
    return made


def told(kind, language):
    notice = Notice.objects.get(kind=kind)
    with override(language):
        return words(kind, notice.facts)[:2]


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("zh-hans", "针对“打字速度”的学习路径：1 门课程，2026年6月10日 截止"),
        ("en", "A learning path for “打字速度”: 1 course, due June 10, 2026"),
    ],
)
def test_who_is_given_a_path_hears_what_and_by_when(given, language, subject):
    assert told("path_assigned", language) == (subject, "- 打字提速")


def test_what_is_taken_back_is_told(given):
    take_back(given, at=NOON)
    assert told("path_taken_back", "zh-hans") == ("指派给你的学习路径已撤销", "")


def test_a_path_that_is_done_says_what_moved_and_keeps_quiet_about_the_rest(noon, jing, offered):
    found = suggest(jing, NOON.date())
    path = accept(jing, mark=found.mark, courses=[offered.typing.pk], at=NOON)
    complete_many([(path.steps.get().enrolment, NOON)])
    level = CurrentLevel.objects.get(person=jing, competency__code="typing").level or 0
    assert level <= 1  # one piece of evidence raises nothing
    assert told("path_done", "zh-hans") == ("你的学习路径已完成", "")
    Notice.objects.update(facts={"moved": [["打字速度", 1, 3]], "due_on": None})
    assert told("path_done", "zh-hans")[1] == "打字速度：1 级 → 3 级"
    assert told("path_done", "en")[1] == "打字速度: level 1 → level 3"
