"""What is given away comes back as it was: nothing changes here, and everything is made anew elsewhere."""

import zipfile
from io import BytesIO

import pytest
import yaml

from assessments.models import Question
from assessments.quizzes.models import Quiz
from courses.competencies.ready import load_ready_framework
from courses.models import Competency, Course, CourseVersion, Prerequisite, Programme, Stage, Topic, Unit
from courses.packs.actions import apply_pack, read_pack
from courses.packs.export import pack_of
from courses.packs.files import files_of_zip
from courses.packs.reader import PackRefused, read_files
from courses.prerequisites.actions import set_prerequisites
from courses.programmes.blueprints import build
from trainingsite.core import clock
from trainingsite.core.demo import CONTENT
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken(db):
    """The demo's pack, with a prerequisite, a competency, a topic below another and a programme on top."""
    apply_pack(read_pack(CONTENT), by=None, at=clock.now())
    load_ready_framework()
    first, second = Course.objects.filter(code__in=["seven-day-return", "work-orders"]).order_by("code")
    set_prerequisites(second, [first])
    competency = Competency.objects.get(code="typing")
    first.teaches.create(competency=competency, level=2)
    items = [{"kind": "course", "course": first.code}, {"kind": "course", "course": second.code, "required": False}]
    stages = [{"title": "第一周", "days": [1, 7], "optional_needed": 1, "items": items}]
    build(title="新人一周", code="first-week", stages=stages, by=None, at=clock.now())


def everything():
    """What a pack holds, without ids and moments."""
    return {
        "topics": sorted(Topic.objects.values_list("slug", "title", "parent__slug", "summary")),
        "courses": sorted(Course.objects.values_list("code", "title", "topic__slug", "status", "level", "summary")),
        "needs": sorted(Course.objects.exclude(prerequisites=None).values_list("code", "prerequisites__code")),
        "teaches": sorted(Course.objects.exclude(teaches=None).values_list("code", "teaches__competency__code")),
        "units": sorted(Unit.objects.in_use().values_list("course__code", "position", "slug", "kind", "title", "body")),
        "questions": sorted(Question.objects.values_list("code", "kind", "difficulty", "current__stem")),
        "quizzes": sorted(Quiz.objects.values_list("unit__course__code", "pass_mark", "items__question__code")),
        "stages": sorted(Stage.objects.values_list("programme__code", "title", "first_day", "items__kind")),
    }


def given_away():
    return pack_of(list(Course.objects.order_by("code")), title="全部内容", on=clock.today())


def take(data):
    return apply_pack(read_files(files_of_zip(data)), by=None, at=clock.now())


def test_taken_again_it_changes_nothing(taken):
    before, versions = everything(), CourseVersion.objects.count()

    outcome = take(given_away())

    assert not outcome.changes_something
    assert (everything(), CourseVersion.objects.count()) == (before, versions)


def test_taken_elsewhere_it_is_all_there(taken):
    before, data = everything(), given_away()
    Stage.objects.all().delete()
    Programme.objects.all().delete()
    Quiz.objects.all().delete()
    Prerequisite.objects.all().delete()
    Course.objects.all().delete()
    Question.objects.update(current=None)
    Question.objects.all().delete()
    Topic.objects.all().delete()
    Competency.objects.all().delete()

    take(data)

    assert everything() == before


def test_holds_only_what_was_chosen(taken):
    chosen = list(Course.objects.filter(code="work-orders"))

    with zipfile.ZipFile(BytesIO(pack_of(chosen, title="一门课", on=clock.today()))) as archive:
        names = set(archive.namelist())
        head = yaml.safe_load(archive.read("tools/work-orders/course.yaml"))

    assert {name.split("/")[0] for name in names} == {"pack.yaml", "tools"} | ({"competencies.yaml"} & names)
    assert "prerequisites" not in head


@pytest.mark.parametrize(
    ("body", "said"),
    [("![订单](order.png)", "order.png"), ("![](https://elsewhere.example/x.png)", "https"), ("<script>", "script")],
)
def test_a_missing_picture_or_a_script_is_told_at_its_file_and_nothing_is_taken(files, body, said):
    article = next(name for name in files if name.endswith(".md"))

    with pytest.raises(PackRefused) as refusal:
        apply_pack(read_files(type(files)({**files, article: f"# 一\n\n{body}"})), by=None, at=clock.now())

    assert [problem.message for problem in refusal.value.problems]
    assert not Course.objects.exists()


@pytest.mark.usefixtures("taken")
class TestPage:
    def test_gives_the_courses_that_were_ticked(self, as_, hire):
        course = Course.objects.get(code="work-orders")

        answer = as_(hire(Role.HR)).post("/courses/packs/export/", {"title": "一门课", "courses": [course.pk]})

        pack = read_files(files_of_zip(answer.content))
        assert (answer["Content-Type"], pack.title) == ("application/zip", "一门课")
        assert [c.code for topic in pack.topics for c in topic.courses] == ["work-orders"]

    def test_without_a_course_it_says_so_at_the_field(self, as_, hire):
        answer = as_(hire(Role.HR, locale="en")).post("/courses/packs/export/", {"title": "x"})

        assert (answer.status_code, answer.context["form"].errors) == (422, {"courses": ["This field is required."]})
