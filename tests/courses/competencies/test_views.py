import pytest

from courses.competencies.actions import retire_competency, set_teaches
from courses.competencies.versions import publish_framework
from courses.models import Competency, CompetencyGroup, FrameworkVersion
from tests.factories.assessments import QuestionFactory
from tests.factories.courses import CompetencyFactory, CompetencyGroupFactory, CourseFactory, TopicFactory
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(as_, hire):
    return as_(hire(Role.HR, locale="en"))


def publish(notes="new"):
    return publish_framework(notes, by=None, at=clock.now())


def shown(answer):
    return [(group.title, [each.title for each in group.competencies]) for group in answer.context["groups"]]


def said(response):
    return [str(message) for message in response.context["messages"]]


class TestList:
    def test_hr_sees_what_is_written_and_others_what_is_published(self, as_, hire):
        found = CompetencyFactory(title="共情", group__title="软技能")
        publish()
        Competency.objects.update(title="同理心")

        answer = as_(hire(Role.HR)).get("/competencies/")
        assert (shown(answer), answer.context["changes"]) == ([("软技能", ["同理心"])], 1)
        assert shown(as_(hire(Role.TRAINEE)).get("/competencies/")) == [("软技能", ["共情"])]
        page = as_(hire(Role.TRAINEE)).get(f"/competencies/{found.pk}/")
        assert page.context["competency"].title == "共情"

    def test_before_the_first_version_others_see_nothing(self, as_, hire):
        found = CompetencyFactory()
        trainee = as_(hire(Role.TRAINEE))

        assert shown(trainee.get("/competencies/")) == []
        assert trainee.get(f"/competencies/{found.pk}/").status_code == 404

    def test_counts_what_teaches_and_proves(self, hr):
        found = CompetencyFactory()
        set_teaches(CourseFactory(), [(found, 1)])
        set_teaches(CourseFactory(draft=True), [(found, 1)])
        QuestionFactory.create_batch(2, competency=found, topic=TopicFactory())
        QuestionFactory(competency=found, topic=TopicFactory(), status="retired", retired_at=clock.now())

        ((entry,),) = ([group.competencies for group in hr.get("/competencies/").context["groups"]],)
        assert [number for _proof, number in entry[0].counts] == [1, 2]

    @pytest.mark.parametrize("rows", [1, 30])
    @pytest.mark.parametrize("role", [Role.HR, Role.TRAINEE])
    def test_takes_as_many_queries_for_one_as_for_thirty(self, as_, hire, role, rows, django_assert_max_num_queries):
        CompetencyFactory.create_batch(rows)
        publish()
        client = as_(hire(role))

        with django_assert_max_num_queries(9):
            assert client.get("/competencies/").status_code == 200

    def test_empty_one_takes_the_ready_framework_with_one_button(self, hr):
        assert "/competencies/ready/" in hr.get("/competencies/").content.decode()

        hr.post("/competencies/ready/")

        assert (Competency.objects.count(), FrameworkVersion.objects.count()) == (14, 0)


class TestPage:
    def test_lists_courses_and_questions_for_those_who_may_see_them(self, as_, hire):
        found = CompetencyFactory()
        set_teaches(CourseFactory(title="听与问"), [(found, 2)])
        QuestionFactory(competency=found, topic=TopicFactory(), stem="客户说什么？")
        publish()

        def rows(role):
            proofs = as_(hire(role, locale="en")).get(f"/competencies/{found.pk}/").context["proofs"]
            return [([row.title for row in rows], count) for _proof, rows, count in proofs]

        assert rows(Role.HR) == [(["听与问"], 1), (["客户说什么？"], 1)]
        assert rows(Role.TRAINEE) == [(["听与问"], 1), ([], 1)]

    def test_behaviours_are_rendered_safely(self, hr):
        found = CompetencyFactory(first__behaviours="- **快**\n<script>alert(1)</script>")

        body = hr.get(f"/competencies/{found.pk}/").content.decode()

        assert "<strong>快</strong>" in body
        assert "<script>alert" not in body


class TestForm:
    def data(self, **fields):
        levels = {"level_1": "入门", "behaviours_1": "- 会", "level_2": "熟练", "behaviours_2": "- 快"}
        return {"group": CompetencyGroupFactory().pk, "title": "倾听", **levels, **fields}

    def test_makes_a_competency_with_its_levels(self, hr):
        answer = hr.post("/competencies/new/", self.data(title_en="Listening"))

        made = Competency.objects.get()
        assert answer.headers["Location"] == f"/competencies/{made.pk}/"
        assert list(made.levels.order_by("number").values_list("number", "title", "behaviours")) == [
            (1, "入门", "- 会"),
            (2, "熟练", "- 快"),
        ]
        assert made.translations == {"en": {"title": "Listening"}}

    @pytest.mark.parametrize(
        ("fields", "wrong"),
        [
            ({"behaviours_2": ""}, ["behaviours_2"]),
            ({"level_3": "专家"}, ["behaviours_3"]),
            ({"level_4": "专家", "behaviours_4": "- 教"}, ["level_3", "behaviours_3"]),
            ({"title": ""}, ["title"]),
        ],
    )
    def test_what_is_missing_is_said_at_its_field(self, hr, fields, wrong):
        answer = hr.post("/competencies/new/", self.data(**fields))

        assert (answer.status_code, list(answer.context["form"].errors)) == (422, wrong)
        assert Competency.objects.count() == 0

    def test_refusal_stands_at_its_field(self, hr):
        data = self.data()
        hr.post("/competencies/new/", data)

        assert list(hr.post("/competencies/new/", data).context["form"].errors) == ["title"]

    def test_changed_text_loses_its_translation_and_the_others_keep_theirs(self, hr):
        found = CompetencyFactory()
        for level in found.levels.all():
            level.translations = {"en": {"title": "t", "behaviours": "b"}}
            level.save()
        levels = found.levels.order_by("number")
        same = {f"level_{level.number}": level.title for level in levels}
        data = same | {"behaviours_1": "- neu", "behaviours_2": levels[1].behaviours}

        hr.post(f"/competencies/{found.pk}/edit/", {"group": found.group_id, "title": found.title, **data})

        assert [level.translations for level in levels.all()] == [
            {"en": {"title": "t"}},
            {"en": {"title": "t", "behaviours": "b"}},
        ]

    def test_without_a_group_the_group_comes_first(self, hr):
        assert hr.get("/competencies/new/").headers["Location"] == "/competencies/groups/new/"

    def test_makes_and_renames_a_group(self, hr):
        hr.post("/competencies/groups/new/", {"title": "硬技能"})
        made = CompetencyGroup.objects.get()
        hr.post(f"/competencies/groups/{made.pk}/edit/", {"title": "硬实力"})

        assert CompetencyGroup.objects.get().title == "硬实力"


class TestOrder:
    def test_keys_move_competencies_and_groups(self, hr):
        first, second = CompetencyFactory(title="a"), CompetencyFactory(title="b")

        hr.post(f"/competencies/groups/{second.group_id}/shift/", {"step": "up"})

        assert [titles for _group, titles in shown(hr.get("/competencies/"))] == [["b"], ["a"]]
        assert hr.post(f"/competencies/{first.pk}/shift/", {"step": "sideways"}).status_code == 302


class TestRetire:
    def test_retired_one_is_listed_apart_and_restored(self, hr):
        found = CompetencyFactory(title="旧")

        assert said(hr.post(f"/competencies/{found.pk}/retire/", follow=True)) == ["“旧” is retired."]
        assert list(hr.get("/competencies/").context["retired"]) == [found]
        assert said(hr.post(f"/competencies/{found.pk}/restore/", follow=True)) == ["“旧” is in use again."]

    def test_refused_restoration_says_why(self, hr):
        old = retire_competency(CompetencyFactory(title="共情"), at=clock.now())
        CompetencyFactory(title="共情", group=old.group)

        (text,) = said(hr.post(f"/competencies/{old.pk}/restore/", follow=True))

        assert "title already" in text


class TestVersions:
    def test_publishing_shows_what_is_new_and_keeps_the_notes(self, hr):
        CompetencyFactory(title="共情")

        (difference,) = hr.get("/competencies/publish/").context["differences"][1:]
        assert (difference.kind, difference.title) == ("added", "共情")
        hr.post("/competencies/publish/", {"notes": "首版"})

        assert list(FrameworkVersion.objects.values_list("number", "notes")) == [(1, "首版")]
        assert hr.get("/competencies/publish/").context["differences"] == []

    def test_publishing_twice_publishes_once(self, hr):
        CompetencyFactory()
        hr.post("/competencies/publish/", {"notes": "首版"})

        assert hr.post("/competencies/publish/", {"notes": "首版"}).status_code == 422
        assert FrameworkVersion.objects.count() == 1

    def test_without_notes_nothing_is_published(self, hr):
        CompetencyFactory()

        assert list(hr.post("/competencies/publish/", {"notes": " "}).context["form"].errors) == ["notes"]

    def test_two_are_compared(self, hr):
        CompetencyFactory(title="共情")
        publish("first")
        Competency.objects.update(title="同理心")
        publish("second")

        answer = hr.get("/competencies/versions/compare/")
        backwards = hr.get("/competencies/versions/compare/?before=2&after=1")

        assert [(p.before, p.after) for d in answer.context["differences"] for p in d.passages] == [("共情", "同理心")]
        assert [(p.before, p.after) for d in backwards.context["differences"] for p in d.passages] == [
            ("同理心", "共情")
        ]

    @pytest.mark.parametrize("query", ["?before=99&after=x", "?after=²", ""])
    def test_comparing_what_is_no_version_takes_the_newest(self, hr, query):
        CompetencyFactory()
        publish()

        assert hr.get(f"/competencies/versions/compare/{query}").context["after"].number == 1

    def test_without_a_version_there_is_nothing_to_compare(self, hr):
        assert hr.get("/competencies/versions/compare/").status_code == 404

    def test_one_is_shown_as_it_was(self, hr):
        CompetencyFactory(title="共情")
        publish()
        Competency.objects.update(title="同理心")

        assert "共情" in hr.get("/competencies/versions/1/").content.decode()
        assert hr.get("/competencies/versions/").context["page"].paginator.count == 1
