from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from courses.curriculum.actions import add_unit, change_unit, reorder_units, retire
from courses.curriculum.versions import publish_version, start_version
from courses.enrolment.actions import complete_many, enrol
from courses.models import Course, CourseVersion, Enrolment, Topic, Unit
from courses.packs.actions import Counts, apply_pack, preview_pack, read_pack
from courses.packs.parts import TOPIC_PARTS, UNIT_PARTS, Problem, TopicPart, UnitPart
from courses.packs.reader import PackRefused, read_files
from tests.factories.people import PersonFactory
from trainingsite.core import clock
from trainingsite.core.demo import CONTENT
from trainingsite.core.errors import Refused

pytestmark = pytest.mark.django_db
COURSE = "rules/returns/course.yaml"


def take(files, by=None):
    return apply_pack(read_files(files), by=by, at=clock.now())


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (Topic, Course, Unit, CourseVersion)]


def units():
    return list(Unit.objects.order_by("introduced_in", "position").values_list("slug", "introduced_in", "removed_in"))


def test_makes_topics_courses_and_units_and_offers_the_courses(files):
    author = PersonFactory()

    outcome = take(files, by=author)

    assert (outcome.topics.created, outcome.courses.created, outcome.units.created) == (
        ["平台规则"],
        ["七天无理由退货"],
        ["规则", "例外"],
    )
    course = Course.objects.get()
    assert (course.code, course.topic.slug, course.status, course.owner) == ("returns", "rules", "published", author)
    assert list(course.units.values_list("slug", "kind", "minutes", "position", "body")) == [
        ("rule", "article", 8, 1, "## 规则"),
        ("exceptions", "article", 7, 2, "## 例外"),
    ]


def test_twice_changes_nothing(files):
    take(files)
    before = everything()

    outcome = take(files)

    assert everything() == before
    assert (outcome.changes_something, outcome.units) == (False, Counts(unchanged=2))


def test_of_a_new_course_is_its_first_version(files):
    author = PersonFactory()
    take(files, by=author)

    assert list(CourseVersion.objects.values_list("number", "status", "created_by")) == [(1, "published", author.pk)]


def test_changes_what_learners_have_in_a_new_version(files):
    take(files)
    files["rules/returns/02-exceptions.md"] = "## 新的例外"

    outcome = take(files)

    assert (outcome.units.changed, outcome.units.unchanged, outcome.versions) == (["例外"], 1, ["七天无理由退货"])
    assert units() == [("rule", 1, None), ("exceptions", 1, 2), ("exceptions", 2, None)]
    assert list(CourseVersion.objects.values_list("number", "status")) == [(2, "published"), (1, "retired")]
    assert Course.objects.get().version == 2
    assert take(files).changes_something is False


def test_asks_those_who_completed_a_changed_course_as_hr_chose(files):
    take(files)
    enrolment = enrol(PersonFactory(), Course.objects.get(), on=clock.today())
    complete_many([(enrolment, clock.now())])
    files["rules/returns/02-exceptions.md"] = "## 新的例外"
    due = clock.today() + timedelta(days=7)

    apply_pack(read_files(files), by=None, at=clock.now(), reask="changed", ask_due_on=due)

    (asked,) = Enrolment.objects.filter(version=2)
    assert (asked.person, asked.due_on) == (enrolment.person, due)


def test_draft_of_somebody_stays_while_the_pack_says_nothing_new(files):
    take(files)
    start_version(Course.objects.get(), by=None, at=clock.now())
    change_unit(Unit.objects.get(slug="rule"), body="改了")
    before = everything()

    assert take(files).changes_something is False
    assert everything() == before


def test_draft_of_somebody_is_neither_published_nor_overwritten(files):
    take(files)
    start_version(Course.objects.get(), by=None, at=clock.now())
    change_unit(Unit.objects.get(slug="rule"), body="改了")
    before = everything()
    files["rules/returns/02-exceptions.md"] = "## 新的例外"

    with pytest.raises(PackRefused) as refusal:
        take(files)

    assert [p.file for p in refusal.value.problems] == [COURSE]
    assert everything() == before


def test_first_draft_is_changed_in_place(files):
    take(files)
    Course.objects.update(status="draft")
    CourseVersion.objects.update(status="draft")
    files["rules/returns/02-exceptions.md"] = "## 新的例外"

    assert take(files).units.changed == ["例外"]
    assert units() == [("rule", 1, None), ("exceptions", 1, None)]
    assert Course.objects.get().status == "draft"


def test_leaves_what_it_does_not_know_where_it_is(files):
    take(files)
    course = Course.objects.get()
    start_version(course, by=None, at=clock.now())
    own = add_unit(course, kind="article", title="自己加的", body="文")
    rule, exceptions = course.units.filter(introduced_in=1)
    reorder_units(course, [rule.pk, own.pk, exceptions.pk])
    publish_version(course, by=None, at=clock.now())

    assert (take(files).extra, take(files).changes_something) == (["自己加的"], False)
    files["rules/returns/02-exceptions.md"] = "## 新的例外"
    take(files)
    assert list(Unit.objects.in_use().values_list("title", flat=True)) == ["规则", "自己加的", "例外"]


def test_retired_course_stays_retired_in_its_new_version(files):
    take(files)
    retire(Course.objects.get(), at=clock.now())
    files["rules/returns/02-exceptions.md"] = "## 新的例外"

    take(files)

    assert list(Course.objects.values_list("status", "version")) == [("retired", 2)]
    assert list(CourseVersion.objects.values_list("number", "status")) == [(2, "retired"), (1, "retired")]


def test_preview_says_the_same_and_changes_nothing(files):
    pack = read_files(files)

    preview = preview_pack(pack, by=None, at=clock.now())

    assert everything() == [[], [], [], []]
    assert preview == apply_pack(pack, by=None, at=clock.now())


class TestParts:
    @pytest.fixture
    def told(self):
        """What the handlers of `riddle:` and `riddles.yaml` were told; the word 错 is refused."""
        told = []

        def of_unit(unit, part):
            told.append((unit.slug, part))
            if part["text"] == "错":
                raise Refused("Not a riddle.")

        def of_topic(topic, entries):
            told.append((topic.slug, entries))
            return [Problem(f"[{n}]", "Not a riddle.") for n, entry in enumerate(entries) if entry == "错"]

        UNIT_PARTS.register("riddle", UnitPart(of_unit, lambda _unit, _bag: None))
        TOPIC_PARTS.register("riddles", TopicPart(of_topic, lambda _topic, _courses: []))
        yield told
        del UNIT_PARTS._things["riddle"]
        del TOPIC_PARTS._things["riddles"]

    def with_parts(self, files, entry, text):
        units = files[COURSE].replace("minutes: 8,", f"minutes: 8, riddle: {{text: {text}}},")
        return {**files, COURSE: units, "rules/riddles.yaml": f"[{entry}]"}

    def test_are_handed_to_the_apps_that_own_them(self, files, told):
        take(self.with_parts(files, "谜", "语"))

        assert told == [("rules", ["谜"]), ("rule", {"text": "语"})]

    @pytest.mark.parametrize(
        ("entry", "text", "problem"),
        [
            ("错", "语", Problem("[0]", "Not a riddle.", "rules/riddles.yaml")),
            ("谜", "错", Problem("units[1].riddle", "Not a riddle.", COURSE)),
        ],
    )
    @pytest.mark.usefixtures("told")
    def test_that_are_refused_leave_nothing(self, files, entry, text, problem):
        with pytest.raises(PackRefused) as refusal:
            take(self.with_parts(files, entry, text))

        assert refusal.value.problems == [problem]
        assert everything() == [[], [], [], []]


class TestOurContent:
    def test_is_taken_whole_and_twice_changes_nothing(self):
        pack = read_pack(CONTENT)
        first = apply_pack(pack, by=None, at=clock.now())
        before = everything()

        again = apply_pack(pack, by=None, at=clock.now())

        assert [topic.slug for topic in Topic.objects.all()] == [topic.slug for topic in pack.topics]
        assert len(first.courses.created) == Course.objects.published().count() >= 10
        assert (again.changes_something, everything()) == (False, before)

    def test_takes_a_bounded_number_of_queries(self, django_assert_max_num_queries):
        pack = read_pack(CONTENT)

        with django_assert_max_num_queries(30 * len([c for t in pack.topics for c in t.courses])):
            apply_pack(pack, by=None, at=clock.now())


class TestCommand:
    def test_takes_a_folder(self, capsys):
        call_command("load_pack", str(CONTENT / "."))

        topics = len(read_pack(CONTENT).topics)
        assert f"Topics: {topics} new, 0 changed, 0 as before" in capsys.readouterr().out
        assert Topic.objects.count() == topics

    def test_previews(self, capsys):
        call_command("load_pack", str(CONTENT), "--preview")

        assert f"Topics: {len(read_pack(CONTENT).topics)} new" in capsys.readouterr().out
        assert not Topic.objects.exists()

    def test_says_every_problem(self, tmp_path):
        (tmp_path / "pack.yaml").write_text("title: x")

        with pytest.raises(CommandError, match=r"pack\.yaml version: It is missing"):
            call_command("load_pack", str(tmp_path))

    @pytest.mark.parametrize("content", [None, "not a zip"])
    def test_path_that_is_no_pack_is_refused(self, tmp_path, content):
        path = Path(tmp_path) / "pack.zip"
        if content:
            path.write_text(content)

        with pytest.raises(CommandError):
            call_command("load_pack", str(path))
