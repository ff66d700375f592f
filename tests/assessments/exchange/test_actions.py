"""Files of questions: looked at without a trace, applied all or nothing, and twice as harmless as once."""

import pytest
import yaml
from django.utils import timezone

from assessments.exchange import actions
from assessments.exchange.formats import moodle as moodle_xml
from assessments.exchange.formats.own_yaml import text_for
from assessments.exchange.models import QuestionImport
from assessments.models import Category, Question, QuestionVersion
from courses.models import Media
from tests.assessments.conftest import NOON
from tests.assessments.exchange.samples import CONTENTS, ENTRIES, PICTURE, find, plain
from tests.factories.assessments import CategoryFactory, QuestionFactory
from tests.factories.courses import TopicFactory
from trainingsite.core.errors import Refused
from trainingsite.core.jobs.actions import run, start
from trainingsite.core.jobs.models import Job
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
GIFT = """
// [id:pr-001] [tag:退货]
::Q1::签收第 6 天申请退货,怎么办? {=受理#对 ~拒绝 ~转交主管####七日内。}

$CATEGORY: $course$/top/规则
::Q2::定制商品可以退。 {F}

::Q3::退货要 {=7 =七} 天内。

只是一段话。
""".encode()


@pytest.fixture
def topic():
    return TopicFactory(slug="returns")


@pytest.fixture
def editor(hire):
    return hire(Role.HR)


@pytest.fixture
def taken(topic, editor):
    def take(data, file_format="", category=None, name="q.gift"):
        return actions.look(actions.take(data, name, file_format, (topic, category), by=editor))

    return take


def states(found):
    return [(row["place"], row["name"], row["state"]) for row in found.rows]


def kept():
    return [
        (q.code, q.kind, q.current.number, q.current.stem, str(q.category or ""), q.tags)
        for q in Question.objects.select_related("current", "category").order_by("code")
    ]


def everything():
    return list(Question.objects.values()), list(QuestionVersion.objects.values()), list(Media.objects.values())


def test_looking_says_what_would_happen_and_changes_nothing(taken):
    found = taken(GIFT)
    assert (found.file_format, everything()) == ("gift", ([], [], []))
    assert states(found) == [("第 3 行", "Q1", "new"), ("第 6 行", "Q2", "new"), ("第 8 行", "Q3", "new")]
    assert [(row["place"], row["whole"]) for row in found.unmapped] == [("第 10 行", True)]


def test_applying_takes_all_questions_with_codes_categories_and_tags(taken):
    outcome = actions.apply(taken(GIFT), at=NOON)
    assert (outcome.created, outcome.changed, outcome.unchanged) == (3, 0, 0)
    assert kept() == [
        ("pr-001", "single", 1, "签收第 6 天申请退货,怎么办?", "", ["退货"]),
        ("returns-001", "true_false", 1, "定制商品可以退。", "规则", []),
        ("returns-002", "gaps", 1, "Q3", "规则", []),
    ]


def test_the_same_file_again_changes_nothing(taken):
    actions.apply(taken(GIFT), at=NOON)
    before = everything()
    again = taken(GIFT)
    assert [row["state"] for row in again.rows] == ["unchanged"] * 3
    outcome = actions.apply(again, at=NOON)
    assert (outcome.created, outcome.changed, outcome.unchanged, everything()) == (0, 0, 3, before)


def test_applying_twice_is_harmless(taken):
    found = taken(GIFT)
    actions.apply(found, at=NOON)
    before = everything()
    assert actions.apply(found, at=NOON).unchanged == 3
    assert everything() == before
    assert bytes(QuestionImport.objects.get(pk=found.pk).data) == b""


def test_a_changed_question_is_known_by_its_code_or_by_its_words(taken):
    actions.apply(taken(GIFT), at=NOON)
    changed = GIFT.replace("~转交主管".encode(), "~请主管处理".encode()).replace(
        "定制商品可以退。 {F}".encode(), "定制商品可以退。{T}".encode()
    )
    found = taken(changed)
    assert [row["state"] for row in found.rows] == ["changed", "changed", "unchanged"]
    actions.apply(found, at=NOON)
    assert [(code, number) for code, _kind, number, *_rest in kept()] == [
        ("pr-001", 2),
        ("returns-001", 2),
        ("returns-002", 1),
    ]
    [first] = Question.objects.filter(code="pr-001").select_related("current")
    assert [row["id"] for row in first.current.content["options"]][:2] == ["a", "b"]  # same words, same ids


def test_one_faulty_question_keeps_all_out(taken):
    data = GIFT + "\n::Q4::坏的 {=a\n".encode() + "\n::Q5::没有答案 {~a ~b}\n".encode()
    found = taken(data)
    assert actions.counts(found.rows) == {"new": 3, "changed": 0, "unchanged": 0, "error": 2}
    with pytest.raises(Refused) as refusal:
        actions.apply(found, at=NOON)
    assert [place for _n, place, _words in refusal.value.rows] == ["第 12 行", "第 14 行"]
    assert everything() == ([], [], [])


def test_a_code_of_another_topic_is_a_fault(taken):
    QuestionFactory(topic=TopicFactory(), code="pr-001")
    assert [row["state"] for row in taken(GIFT).rows] == ["error", "new", "new"]


def test_a_kind_stays(taken, topic):
    QuestionFactory(topic=topic, code="pr-001", kind="multiple")
    [row, *_rest] = taken(GIFT).rows
    assert (row["state"], len(row["details"])) == ("error", 1)


def test_categories_come_within_the_one_that_was_chosen(taken, topic):
    shelf = CategoryFactory(topic=topic, title="导入")
    actions.apply(taken(GIFT, category=shelf), at=NOON)
    inner = Category.objects.get(title="规则")
    assert (inner.parent, set(Question.objects.values_list("category__title", flat=True))) == (shelf, {"导入", "规则"})
    assert [row["state"] for row in taken(GIFT, category=shelf).rows] == ["unchanged"] * 3


def test_a_category_of_another_topic_is_refused(taken):
    with pytest.raises(Refused):
        taken(GIFT, category=CategoryFactory(topic=TopicFactory()))


def moodle(entries):
    return moodle_xml.write(entries, find).data


def test_pictures_are_kept_only_when_the_file_is_applied(taken):
    found = taken(moodle(ENTRIES[:1]), name="q.xml")
    assert (states(found)[0][2], Media.objects.count()) == ("new", 0)
    actions.apply(found, at=NOON)
    assert (Media.objects.get().short, Question.objects.count()) == (PICTURE.short, 1)


def test_a_picture_that_is_none_is_a_fault(taken):
    entry = {**ENTRIES[0], "stem": "![图](media:0123456789ab)"}
    found = taken(text_for([entry]).encode(), name="q.yaml")
    assert [row["state"] for row in found.rows] == ["error"]


@pytest.mark.parametrize("file_format", ["yaml", "excel", "moodle", "qti2", "qti3", "gift"])
def test_the_bank_comes_back_as_it_was_exported(taken, topic, file_format):
    kinds = ["single", "multiple", "true_false", "best_reply", "matching", "short", "numerical"]
    rows = [{**entry, "stem": f"{entry['kind']} 怎么办?", "explanation": "因为。"} for entry in ENTRIES]
    rows = [{**row, "status": "ready", "category": "甲/乙"} for row in rows if row["kind"] in kinds]
    actions.apply(taken(text_for(rows).encode(), name="q.yaml"), at=NOON)
    before = everything()
    written = actions.export(Question.objects.order_by("code"), file_format)
    again = taken(written.data, file_format)
    assert {row["state"] for row in again.rows} == {"unchanged"}, again.rows
    actions.apply(again, at=NOON)
    assert everything() == before


def test_every_type_travels_in_yaml(taken, topic):
    rows = [entry for entry in ENTRIES if entry["kind"] != "hotspot"]
    rows = [{**entry, "stem": entry["kind"]} for entry in rows]
    rows[0]["translations"] = {"en": {"stem": "How?", "texts": {"options.a": "Accept"}}}
    actions.apply(taken(text_for(rows).encode(), name="q.yaml"), at=NOON)
    written = actions.export(Question.objects.order_by("code"), "yaml")
    assert written.unmapped == []
    back = yaml.safe_load(written.data)["questions"]
    named = ("code", "kind", "category", "tags", "status", "source", "stem", "translations")
    assert [{name: row.get(name) for name in named} for row in back] == [
        {name: row.get(name) for name in named} for row in rows
    ]
    assert plain(back[0]["content"]) == plain(CONTENTS["single"])


def test_a_long_file_is_applied_by_a_worker_with_progress(taken, editor):
    found = taken("\n\n".join(f"第 {n} 题 {{=对 ~错}}" for n in range(120)).encode())
    job = start("question-import", title="导入", owner=editor, arguments={"upload": found.pk})
    run(job.pk)
    job = Job.objects.get(pk=job.pk)
    assert (job.state, job.total, Question.objects.count()) == ("done", 120, 120)


def test_a_file_that_a_worker_cannot_read_says_why(topic, editor):
    found = actions.take(b"<quiz>", "q.xml", "moodle", (topic, None), by=editor)
    job = start("question-look", title="读取", owner=editor, arguments={"upload": found.pk})
    run(job.pk)
    job = Job.objects.get(pk=job.pk)
    assert job.state == "failed"
    assert "XML" in job.summary


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "empty"), (b"\x89PNG\r\n\x1a\nx", "format"), ("随便".encode(), "format")]
)
def test_what_is_no_file_of_questions_is_refused(taken, data, code):
    with pytest.raises(Refused) as refusal:
        taken(data, name="q.bin")
    assert (refusal.value.code, QuestionImport.objects.count()) == (code, 0)


def test_uploads_that_nobody_applied_are_forgotten(taken):
    found = taken(GIFT)
    QuestionImport.objects.filter(pk=found.pk).update(created_at=NOON)
    assert actions.forget_old(at=NOON + timezone.timedelta(days=29)) == 0
    assert actions.forget_old(at=NOON + timezone.timedelta(days=31)) == 1


@pytest.mark.parametrize("count", [1, 30])
def test_applying_takes_the_same_statements_however_many_questions(taken, count, django_assert_max_num_queries):
    found = taken("\n\n".join(f"第 {n} 题 {{=对 ~错}}" for n in range(count)).encode())
    with django_assert_max_num_queries(20):
        actions.apply(found, at=NOON)
