from datetime import timedelta

import pytest

from assessments.models import Quiz
from assessments.quizzes.actions import quiz_of
from assessments.quizzes.models import Moment, Thing, everything_afterwards
from assessments.quizzes.presets import PRESETS
from assessments.quizzes.settings import SETTINGS, check, differing, save_settings, usual, values_of
from tests.assessments.conftest import NOON
from trainingsite.core.errors import Refused

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ALL = list(Thing.values)


def field_and_code(act, *args, **named):
    with pytest.raises(Refused) as refusal:
        act(*args, **named)
    return refusal.value.field, refusal.value.code


def save(quiz, **values):
    return save_settings(quiz, values, at=NOON)


@pytest.fixture
def offered(quiz, course):
    """The quiz of a course that learners have."""
    course.status = "published"
    course.save()
    return quiz


def test_every_column_of_a_quiz_is_a_setting():
    columns = {field.name for field in Quiz._meta.concrete_fields}
    assert columns - {"id", "unit", "created_at", "modified_at"} == set(SETTINGS)


def test_a_new_quiz_has_the_usual_settings_and_what_is_changed_differs(unit):
    assert differing(values_of(quiz_of(unit))) == set()
    assert differing(usual() | {"pass_mark": 90, "shuffle": False}) == {"pass_mark", "shuffle"}


@pytest.mark.parametrize("name", list(PRESETS))
def test_every_preset_can_be_saved_and_says_the_same_twice(quiz, name):
    saved = save(quiz, **PRESETS[name].values)
    assert {key: getattr(saved, key) for key in PRESETS[name].values} == PRESETS[name].values
    assert values_of(save(quiz, **PRESETS[name].values)) == values_of(saved)


def test_an_exam_shows_no_answer_before_it_closes():
    review = PRESETS["exam"].values["review"]
    shown = {thing for moment in ("during", "after", "open", "done") for thing in review[moment]}
    assert shown == {Thing.MARKS, Thing.BAND}


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"pass_mark": 0}, ("pass_mark", "invalid")),
        ({"pass_mark": "viel"}, ("pass_mark", "invalid")),
        ({"behaviour": "psychic"}, ("behaviour", "invalid")),
        ({"tries": 0}, ("tries", "invalid")),
        ({"penalty": 101}, ("penalty", "invalid")),
        ({"opens_at": NOON, "closes_at": NOON}, ("closes_at", "closes_before_opens")),
        ({"when_time_ends": "grace", "grace_minutes": 0}, ("grace_minutes", "no_grace")),
        ({"review": []}, ("review", "shape")),
        ({"review": {"tomorrow": []}}, ("review", "shape")),
        ({"review": {"after": ["everything"]}}, ("review", "unknown")),
        ({"review": {"during": ["right"]}}, ("review", "nothing_during")),
        ({"bands": "gut"}, ("bands", "shape")),
        ({"bands": [{"from": 50}]}, ("bands", "text")),
        ({"bands": [{"from": 101, "text": "好"}]}, ("bands", "percent")),
        ({"bands": [{"from": True, "text": "好"}]}, ("bands", "percent")),
        ({"bands": [{"from": 50, "text": "好"}, {"from": 50, "text": "很好"}]}, ("bands", "duplicate")),
        ({"bands": [{"from": n, "text": "好"} for n in range(11)]}, ("bands", "too_many")),
    ],
)
def test_a_setting_that_cannot_be_is_refused_at_its_field_and_nothing_is_kept(quiz, values, refusal):
    before = values_of(quiz)
    assert field_and_code(save, quiz, max_attempts=9, **values) == refusal
    assert values_of(Quiz.objects.get()) == before


def test_review_is_kept_complete_and_bands_from_the_top(quiz):
    quiz.review = {"closed": ["solution", "answers"]}
    quiz.bands = [{"from": 0, "text": " 再来一次 "}, {"from": 80, "text": "很好"}]
    check(quiz)
    assert quiz.review == {"during": [], "after": [], "open": [], "done": [], "closed": ["answers", "solution"]}
    assert quiz.bands == [{"from": 80, "text": "很好"}, {"from": 0, "text": "再来一次"}]
    assert list(everything_afterwards()) == list(Moment.values)


def test_only_the_hours_of_what_learners_have_are_changed(offered):
    save(offered, opens_at=NOON, closes_at=NOON + DAY, pass_mark=60)  # which it has already
    assert field_and_code(save, offered, pass_mark=90) == (None, "unit_frozen")
    assert field_and_code(save, offered, opens_at=None, shuffle=True) == (None, "unit_frozen")
    kept = Quiz.objects.get()
    assert (kept.opens_at, kept.closes_at, kept.pass_mark, kept.shuffle) == (NOON, NOON + DAY, 60, False)


def test_a_new_quiz_is_as_usual_and_tells_the_right_answers_in_the_end(unit):
    made = quiz_of(unit)
    assert values_of(made) == usual()
    assert {moment for moment, things in made.review.items() if "solution" in things} == {"done", "closed"}
