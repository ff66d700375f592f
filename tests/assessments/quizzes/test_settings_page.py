from decimal import Decimal

import pytest

from assessments.attempts.models import Attempt
from assessments.models import Quiz
from assessments.quizzes.actions import save_draw, save_section
from assessments.quizzes.presets import PRESETS
from assessments.quizzes.settings import SETTINGS, usual, values_of
from courses.models import Course
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(hire, as_):
    return as_(hire(Role.HR))


@pytest.fixture
def path(quiz):
    return f"/units/{quiz.unit_id}/quiz/settings/"


def sent(form):
    """What the browser sends of a form as it stands."""
    data = {}
    for name in SETTINGS:
        value = form[name].value()
        if name == "review":
            data |= {f"review-{moment}-{thing}": "on" for moment, things in value.items() for thing in things}
        elif name == "bands":
            for number, band in enumerate(value, start=1):
                data |= {f"bands-{number}-from": band["from"], f"bands-{number}-text": band["text"]}
        elif value is not None and value is not False:
            data[name] = value
    return data


def test_what_is_sent_back_unchanged_changes_nothing(hr, path, quiz):
    before = values_of(quiz)
    assert hr.post(path, sent(hr.get(path).context["form"])).url == path
    assert values_of(Quiz.objects.get()) == before


@pytest.mark.parametrize("name", list(PRESETS))
def test_a_preset_fills_the_form_and_is_kept_when_it_is_saved(hr, path, quiz, name):
    form = hr.get(path, {"preset": name}).context["form"]
    assert Quiz.objects.get().one_device is False  # nothing is kept yet
    hr.post(path, sent(form))
    kept = Quiz.objects.get()
    assert {key: getattr(kept, key) for key in PRESETS[name].values} == PRESETS[name].values
    assert kept.pass_mark == 60


def test_groups_say_what_is_not_as_usual(hr, path, quiz):
    Quiz.objects.update(opens_at="2026-06-01T01:00Z", one_device=True, review=usual()["review"])
    groups = hr.get(path).context["groups"]
    assert [len(group.changed) for group in groups] == [2, 2, 3, 0, 0]
    assert any("2026" in words for words in groups[1].changed)
    assert "默认：" in hr.get(path).content.decode()


def test_bands_and_review_are_saved(hr, path, quiz):
    data = sent(hr.get(path).context["form"])
    data = {name: value for name, value in data.items() if not name.startswith("review-open")}
    hr.post(
        path, data | {"bands-1-from": "0", "bands-1-text": "再读一遍", "bands-2-from": "90", "bands-2-text": "很好"}
    )
    kept = Quiz.objects.get()
    assert kept.bands == [{"from": 90, "text": "很好"}, {"from": 0, "text": "再读一遍"}]
    assert (kept.review["open"], len(kept.review["after"])) == ([], 7)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"pass_mark": "0"}, "pass_mark"),
        ({"pass_mark": "101"}, "pass_mark"),
        ({"time_limit_minutes": "-3"}, "time_limit_minutes"),
        ({"max_attempts": "viel"}, "max_attempts"),
        ({"behaviour": "psychic"}, "behaviour"),
        ({"opens_at": "2026-06-02T00:00", "closes_at": "2026-06-01T00:00"}, "closes_at"),
        ({"opens_at": "soon"}, "opens_at"),
        ({"when_time_ends": "grace", "grace_minutes": "0"}, "grace_minutes"),
        ({"review-during-right": "on"}, "review"),
        ({"bands-1-from": "x", "bands-1-text": "很好"}, "bands"),
        ({"bands-1-from": "50", "bands-1-text": ""}, "bands"),
    ],
)
def test_a_setting_that_cannot_be_is_said_at_its_field_and_its_group_is_open(hr, path, quiz, changed, field):
    before = values_of(quiz)
    response = hr.post(path, sent(hr.get(path).context["form"]) | changed)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    group = next(g for g in response.context["groups"] if field in [s.field.name for s in g.settings])
    assert group.open
    assert values_of(Quiz.objects.get()) == before


def test_only_the_hours_of_what_learners_have_are_changed(hr, path, quiz):
    Course.objects.update(status="published")
    data = {"opens_at": "2026-06-01T09:00", "closes_at": "2026-06-30T18:00", "pass_mark": "99", "shuffle": "on"}
    assert hr.post(path, data).url == path
    kept = Quiz.objects.get()
    assert (kept.pass_mark, kept.shuffle, kept.closes_at.isoformat()) == (60, False, "2026-06-30T10:00:00+00:00")
    assert hr.get(path, {"preset": "exam"}).context["preset"] is None


def test_the_settings_take_nine_queries(hr, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        hr.get(path)


def test_a_preview_asks_and_marks_and_keeps_nothing(hr, quiz, course):
    preview = f"/units/{quiz.unit_id}/quiz/preview/"
    save_section(quiz, None, title="案例", note="读完再答", shuffle=True)
    first = hr.get(preview)
    assert [one.asked.version.question.code for one in first.context["shown"]] == ["pr-1", "pr-2", "pr-3"]
    assert "right" not in str([one.parts for one in first.context["shown"]])
    marked = hr.post(preview, {"seed": 0, "q-1": "a", "q-2": ["a", "b"], "q-3": "true"})
    assert (marked.context["score"], marked.context["waiting"]) == (Decimal("66.67"), 0)
    wrong = hr.post(preview, {"q-1": "z"})
    assert wrong.status_code == 200
    assert not Attempt.objects.exists()


def test_a_preview_that_cannot_be_drawn_says_why(hr, quiz):
    save_draw(quiz, None, pool={"tags": ["没有"]}, draw=1, points=1)
    page = hr.get(f"/units/{quiz.unit_id}/quiz/preview/?seed=77")
    assert "题库" in page.content.decode()
