from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.models import QuizQuestion
from assessments.quizzes.actions import add_questions, arrange, save_draw, save_section
from assessments.quizzes.order import marks_of
from assessments.quizzes.paper import paper_for, source_of
from assessments.quizzes.pools import TooFew, candidates, drawn, how_many
from tests.factories.assessments import QuestionFactory, QuizFactory
from tests.factories.courses import CompetencyFactory, TopicFactory, UnitFactory
from trainingsite.core.errors import Refused


@st.composite
def wishes(draw):
    """Draws from pools that overlap as they like."""
    pools = draw(st.lists(st.lists(st.integers(0, 12), unique=True), min_size=1, max_size=5))
    return [draw(st.integers(1, 4)) for _pool in pools], pools


def possible(counts, pools):
    """Hall's condition, by trying every set of draws."""
    sets = range(1, 2 ** len(pools))
    chosen = [[n for n in range(len(pools)) if number >> n & 1] for number in sets]
    return all(len(set().union(*(pools[n] for n in some))) >= sum(counts[n] for n in some) for some in chosen)


@given(wishes(), st.integers())
def test_draws_take_what_they_want_and_nothing_twice_whenever_that_is_possible(wish, seed):
    counts, pools = wish
    try:
        found = drawn(counts, pools, Random(seed))
    except TooFew:
        assert not possible(counts, pools)
        return
    assert [len(some) for some in found] == counts
    assert all(set(some) <= set(pool) for some, pool in zip(found, pools, strict=True))
    assert max(Counter(pk for some in found for pk in some).values()) == 1


def test_every_question_of_a_pool_is_drawn_about_as_often():
    seen = Counter(pk for seed in range(3000) for pk in drawn([2], [range(6)], Random(seed))[0])
    assert all(850 < seen[pk] < 1150 for pk in range(6))


@pytest.fixture
def pool(course):
    """Six questions that are drawn by their tag."""
    return [QuestionFactory(topic=course.topic, code=f"d-{n}", tags=["七天"]) for n in range(6)]


def codes(paper):
    return [asked.version.question.code for asked in paper]


def draw(quiz, count, section=None, points=1, **pool):
    return save_draw(quiz, None, pool=pool, draw=count, points=points, section=section)


@pytest.mark.django_db
def test_a_paper_asks_section_by_section_with_points_and_titles(quiz, pool):
    held = save_section(quiz, None, title="抽题", note="", shuffle=True)
    draw(quiz, 2, held, points=3, tags=["七天"])
    paper = paper_for(quiz, Random(1))
    assert codes(paper)[:3] == ["pr-1", "pr-2", "pr-3"]
    assert set(codes(paper)[3:]) <= {question.code for question in pool}
    assert [(asked.points, asked.section) for asked in paper] == [(1, "")] * 3 + [(3, "抽题")] * 2


@pytest.mark.django_db
def test_the_same_chance_gives_the_same_paper_and_another_another(quiz, pool):
    quiz.shuffle = quiz.shuffle_options = True
    draw(quiz, 3, tags=["七天"])
    papers = [codes(paper_for(quiz, Random(seed))) for seed in (1, 1, 2)]
    assert papers[0] == papers[1] != papers[2]


@pytest.mark.django_db
def test_one_source_gives_the_papers_that_each_would_have_alone(quiz, pool):
    draw(quiz, 3, tags=["七天"])
    source = source_of(quiz)
    assert [source.paper(Random(n)) for n in range(5)] == [paper_for(quiz, Random(n)) for n in range(5)]


@pytest.mark.django_db
def test_a_draw_repeats_no_question_of_the_quiz(quiz, pool):
    add_questions(quiz, pool[:3])
    draw(quiz, 2, tags=["七天"])
    draw(quiz, 1, tags=["七天"])
    for seed in range(20):
        asked = codes(paper_for(quiz, Random(seed)))
        assert len(set(asked)) == len(asked) == 9


@pytest.mark.django_db
def test_a_pool_that_is_too_small_is_refused_in_words(quiz, pool):
    draw(quiz, 7, tags=["七天"])
    with pytest.raises(Refused) as refusal:
        paper_for(quiz, Random(1))
    assert refusal.value.code == "too_few"


@pytest.mark.django_db
def test_a_quiz_without_a_question_is_refused(unit):
    with pytest.raises(Refused) as refusal:
        paper_for(QuizFactory(unit=unit), Random(1))
    assert refusal.value.code == "no_question"


@pytest.mark.django_db
def test_sections_and_options_are_shuffled_only_where_that_is_wanted(unit, course):
    quiz = QuizFactory(unit=unit, shuffle=True, shuffle_options=False)
    kept, mixed = (save_section(quiz, None, title=t, note="", shuffle=s) for t, s in (("固定", False), ("随机", True)))
    for held in (kept, mixed):
        add_questions(quiz, [QuestionFactory(topic=course.topic, code=f"{held.pk}-{n}") for n in range(8)], held)
    arrange(quiz, marks_of(quiz.sections.all(), quiz.items.all()))
    papers = [paper_for(quiz, Random(seed)) for seed in range(4)]
    assert all(codes(paper)[:8] == sorted(codes(paper)[:8]) for paper in papers)
    assert len({tuple(codes(paper)[8:]) for paper in papers}) == 4
    assert {tuple(asked.option_order) for paper in papers for asked in paper} == {("a", "b", "c", "d")}
    quiz.shuffle, quiz.shuffle_options = False, True
    paper = paper_for(quiz, Random(3))
    assert codes(paper)[8:] == sorted(codes(paper)[8:])
    assert len({tuple(asked.option_order) for asked in paper}) > 1


@pytest.mark.django_db
def test_pools_hold_what_has_everything_and_lies_below(course):
    topic, competency = course.topic, CompetencyFactory()
    below = TopicFactory(parent=topic)
    rows = {
        "a": QuestionFactory(topic=topic, tags=["七天", "定制"], difficulty=1),
        "b": QuestionFactory(topic=below, tags=["七天"], difficulty=3, kind="true_false", right="true"),
        "c": QuestionFactory(topic=TopicFactory(), tags=["定制"], competency=competency),
    }
    QuestionFactory(topic=topic, tags=["七天"], status="draft")
    category = topic.categories.create(title="退货")
    within = category.children.create(topic=topic, title="例外")
    rows["a"].category = within
    rows["a"].save()
    pools = [
        {"topic": topic.pk},
        {"topic": below.pk},
        {"tags": ["七天"]},
        {"tags": ["七天", "定制"]},
        {"difficulty": [1, 3]},
        {"kind": ["true_false"], "topic": topic.pk},
        {"category": category.pk},
        {"competency": competency.pk},
    ]
    names = {question.pk: name for name, question in rows.items()}
    found = ["".join(sorted(names[pk] for pk in ids)) for ids in candidates(pools)]
    assert found == ["ab", "b", "ab", "a", "ab", "b", "a", "c"]
    assert candidates(pools[:1], but=[rows["a"].pk]) == [[rows["b"].pk]]
    assert (how_many(pools), how_many(pools[:1], but=[rows["a"].pk]), how_many([])) == ([*map(len, found)], [1], [])


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 30])
def test_a_paper_takes_three_queries_however_long(rows, course, django_assert_num_queries):
    quiz = QuizFactory(unit=UnitFactory(course=course, kind="quiz", slug=f"q{rows}"))
    for number in range(rows):
        held = save_section(quiz, None, title=str(number), note="", shuffle=True)
        question = QuestionFactory(topic=course.topic, tags=["固定"])
        QuizQuestion.objects.create(quiz=quiz, section=held, question=question)
        QuestionFactory(topic=course.topic, tags=["抽"])
        QuizQuestion.objects.create(quiz=quiz, section=held, pool={"tags": ["抽"]}, draw=1)
    with django_assert_num_queries(3):
        assert len(paper_for(quiz, Random(1))) == 2 * rows
