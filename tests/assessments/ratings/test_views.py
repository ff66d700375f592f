"""Pages of people's competencies: the radar, what a level rests on, assessing, voiding."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from assessments.models import Evidence, EvidenceVoid
from assessments.ratings.recording import void
from courses.competencies.versions import publish_framework
from tests.assessments.ratings.rated import asked_of
from tests.factories.people import PositionFactory
from tests.factories.ratings import DAY, NOON, competency, piece, rate, rating_rule
from trainingsite.core import clock
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon_in_english():
    with clock.frozen(NOON), translation.override("en"):
        yield


@pytest.fixture
def position(db):
    return PositionFactory(name="售后客服")


@pytest.fixture
def agent(hire, position):
    return hire(Role.TRAINEE, name="李静", locale="en", position=position)


@pytest.fixture
def supervisor(hire):
    return hire(Role.SUPERVISOR, name="王主管", locale="en")


@pytest.fixture
def hr(hire):
    return hire(Role.HR, name="周敏", locale="en")


@pytest.fixture
def asked(rule, position):
    return asked_of(position)


@pytest.fixture
def colleagues(hire, asked):
    """Four others of the same department, all at level 4 of 同理心."""
    people = [hire(Role.TRAINEE) for _number in range(4)]
    for person in people:
        rate(person, asked.empathy, 90, 92)
    return people


def radar_of(client, name="my-competencies", *args, **query):
    return client.get(reverse(name, args=args), query).context["radar"]


def told(radar):
    """Title, level, need and state of each line, part by part."""
    return [
        (title, [(str(line.competency), line.level, line.needed, line.state[1]) for line in lines])
        for title, _icon, lines in radar.parts
    ]


def test_the_radar_tells_what_falls_short_first(as_, agent, asked):
    rate(agent, asked.empathy, 60, 64)
    rate(agent, asked.typing, 90, 95)
    rate(agent, asked.closing, 80)
    rate(agent, competency("rules", title="平台规则"), 75, 80)
    radar = radar_of(as_(agent))
    assert told(radar) == [
        ("Gaps", [("投诉闭环", None, 3, "No level yet"), ("同理心", 2, 3, "1 level short")]),
        ("At the level needed", [("打字速度", 3, 2, "More than needed")]),
        ("Beyond the role profile", [("平台规则", 3, 0, "Not asked of the position")]),
    ]
    # 50 × 2/3 + 30 × 1 + 20 × 0 of the weights, and 50 × 2 + 30 × 3 of the levels
    assert (radar.fit_shown, radar.fit.overall_level, radar.standing[1]) == ("63%", 1, "Has gaps")
    assert radar.gaps[0].missing == "1 more piece of evidence, or one assessed by a person, gives a level."


def test_the_radar_draws_me_and_the_need_and_leaves_a_small_team_out(as_, agent, asked):
    rate(agent, asked.empathy, 60, 64)
    chart = radar_of(as_(agent)).chart
    assert chart["radar"]["indicator"] == [
        {"name": "同理心", "max": 4},
        {"name": "打字速度", "max": 3},
        {"name": "投诉闭环", "max": 4},
    ]
    drawn = [(each["name"], each["value"]) for each in chart["series"][0]["data"]]
    assert drawn == [("Level now", [2, None, None]), ("Level needed", [3, 2, 3])]


def test_five_people_have_a_mean(as_, agent, asked, colleagues):
    rate(agent, asked.empathy, 60, 64)
    radar = radar_of(as_(agent))
    assert radar.chart["series"][0]["data"][2]["name"] == "Mean of the team"
    assert radar.chart["series"][0]["data"][2]["value"] == [3.6, None, None]


def test_four_people_with_a_level_have_none(as_, agent, asked, colleagues):
    rate(agent, asked.empathy, 60)  # too little for a level
    assert not radar_of(as_(agent)).compared


def test_two_axes_make_no_picture(as_, hire, rule):
    loner = hire(Role.TRAINEE)
    for code in ("a", "b"):
        rate(loner, competency(code), 80, 90)
    radar = radar_of(as_(loner))
    assert (radar.chart, radar.fit, radar.standing[0]) == (None, None, "neutral")
    assert len(radar.lines) == 2


def test_nothing_known_says_what_leads_to_a_rating(as_, hire):
    page = as_(hire(Role.TRAINEE, locale="en")).get(reverse("my-competencies"))
    assert page.context["radar"].lines == []
    assert b"Nothing is known yet" in page.content


def test_levels_that_moved_are_told_newest_first(as_, agent, asked):
    rate(agent, asked.empathy, 60, 64, ago=100, at=NOON - 90 * DAY)
    rate(agent, asked.empathy, 100, 100, 100)
    radar = radar_of(as_(agent))
    assert [(event["title"], event["icon"], event["text"]) for event in radar.events] == [
        ("同理心: level 2 → level 4", "trending-up", "new evidence: 模拟对话"),
        ("同理心: not rated yet → level 2", "trending-up", "new evidence: 模拟对话"),
    ]


def test_a_past_day_is_shown_as_it_was(as_, agent, asked, rule):
    rate(agent, asked.empathy, 60, 64, ago=100, at=NOON - 90 * DAY)
    rate(agent, asked.empathy, 100, 100, 100)
    page = as_(agent).get(reverse("my-competencies"), {"on": "2026-05-31"})
    radar = page.context["radar"]
    assert [line.level for line in radar.gaps if line.competency == asked.empathy] == [2]
    assert [change.after for change in radar.changes] == [2]
    assert b"As of May 31, 2026" in page.content
    url = reverse("competency-evidence", args=[agent.pk, asked.empathy.pk])
    assert f'href="{url}?on=2026-05-31"' in page.content.decode()


def test_before_the_profile_began_nothing_is_asked(as_, agent, asked):
    rate(agent, asked.empathy, 60, 64, ago=100, at=NOON - 90 * DAY)
    radar = radar_of(as_(agent), on="2026-04-30")
    assert (radar.wanted, radar.lines[0].level, radar.look.day) == (None, 2, date(2026, 4, 30))


@pytest.mark.parametrize(("on", "words"), [("2026-06-02", "not known yet"), ("soon", "valid date")])
def test_a_day_that_cannot_be_shown_is_refused_and_today_shown(as_, agent, asked, on, words):
    page = as_(agent).get(reverse("my-competencies"), {"on": on})
    assert page.status_code == 422
    assert words in page.content.decode()
    assert not page.context["radar"].look.past


def test_today_is_no_past_day(as_, agent, asked):
    assert not radar_of(as_(agent), on="2026-06-01").look.past
    assert not radar_of(as_(agent), on="").look.past


def test_a_supervisor_sees_the_own_people_only(as_, supervisor, agent, asked, hire):
    rate(agent, asked.empathy, 60, 64)
    page = as_(supervisor).get(reverse("person-competencies", args=[agent.pk]))
    assert b"Competencies of \xe6\x9d\x8e\xe9\x9d\x99" in page.content
    stranger = hire(Role.TRAINEE, department="sales")
    assert as_(supervisor).get(reverse("person-competencies", args=[stranger.pk])).status_code == 404
    assert as_(agent).get(reverse("person-competencies", args=[stranger.pk])).status_code == 404


def basis_of(client, person, of, **query):
    return client.get(reverse("competency-evidence", args=[person.pk, of.pk]), query).context["basis"]


def test_evidence_tells_each_piece_with_its_weight_and_share(as_, agent, asked, supervisor):
    rate(agent, asked.empathy, 80, ago=180, title="新人考核")
    rate(agent, asked.empathy, 50, source="assessment", by_id=supervisor.pk, title="旁听", note="语速偏快")
    page = as_(agent).get(reverse("competency-evidence", args=[agent.pk, asked.empathy.pk]))
    basis = page.context["basis"]
    rows = [
        (each.evidence.title, each.source, each.weighed.age_days, each.weighed.weight, round(each.weighed.share, 4))
        for each in basis.counting
    ]
    assert rows == [
        ("旁听", "Assessment by a person", 0, 1.0, 0.6667),
        ("新人考核", "Another system", 180, 0.5, 0.3333),
    ]
    assert (float(basis.derived.score), basis.derived.level, basis.value_sum, basis.weight_sum) == (60, 2, 90, 1.5)
    words = " ".join(page.content.decode().split())
    assert "(50 × 1.000 + 80 × 0.500) ÷ 1.500" in words
    assert "assessed by 王主管" in words
    assert "语速偏快" in words


def test_many_pieces_are_summed_not_spelled_out(as_, agent, asked):
    rate(agent, asked.empathy, 50, 60, 70, 80, 90)
    page = as_(agent).get(reverse("competency-evidence", args=[agent.pk, asked.empathy.pk]))
    assert "sum of score × weight 350.00 ÷ sum of weights 5.000" in " ".join(page.content.decode().split())


def test_what_does_not_count_stands_apart_with_the_reason(as_, agent, asked, hr):
    rate(agent, asked.empathy, 40, ago=365, title="旧")
    wrong = rate(agent, asked.empathy, 10, title="误录")[0]
    rate(agent, asked.empathy, 80)
    void(wrong, reason="录错了人", by=hr, at=NOON)
    basis = basis_of(as_(agent), agent, asked.empathy)
    assert [float(each.evidence.score) for each in basis.counting] == [80]
    assert [(each.evidence.title, each.why_not) for each in basis.apart] == [
        ("误录", "Voided by 周敏: 录错了人"),
        ("旧", "Older than the rule looks back"),
    ]


def test_a_voided_piece_counts_on_a_day_before(as_, agent, asked, hr):
    wrong = rate(agent, asked.empathy, 10, 20, ago=20, at=NOON - 20 * DAY)[0]
    void(wrong, reason="录错了人", by=hr, at=NOON)
    basis = basis_of(as_(agent), agent, asked.empathy, on="2026-05-20")
    assert ([float(each.evidence.score) for each in basis.counting], basis.apart) == ([20, 10], [])
    assert (float(basis.derived.score), basis.derived.level) == (15, 1)


def test_a_source_without_weight_is_told(as_, agent, asked, rule):
    rating_rule(source_weights={"api": 0}, valid_from=NOON.date(), created_at=NOON)
    Evidence.objects.create(**piece(agent, asked.empathy, 90)._asdict(), recorded_at=NOON)
    basis = basis_of(as_(agent), agent, asked.empathy)
    assert (basis.counting, [each.why_not for each in basis.apart]) == ([], ["The rule gives its source no weight"])


def test_behaviours_of_the_present_the_needed_and_the_next_level(as_, agent, asked):
    rate(agent, asked.empathy, 10, 20)
    basis = basis_of(as_(agent), agent, asked.empathy)
    assert [(level.number, [words for _state, words in level.tags]) for level in basis.levels_shown] == [
        (1, ["Level now"]),
        (2, ["Next level"]),
        (3, ["Level needed"]),
    ]
    assert [(band.start, band.end, band.now) for band in basis.bands] == [
        (0, 50, True),
        (50, 70, False),
        (70, 88, False),
        (88, 100, False),
    ]


def test_no_evidence_says_what_leads_to_some(as_, agent, asked):
    page = as_(agent).get(reverse("competency-evidence", args=[agent.pk, asked.empathy.pk]))
    assert b"There is no evidence yet" in page.content
    assert b"2 more pieces of evidence, or one assessed by a person, give a level." in page.content


def test_an_unknown_competency_is_not_found(as_, agent):
    assert as_(agent).get(reverse("competency-evidence", args=[agent.pk, 0])).status_code == 404


def test_a_supervisor_assesses_by_behaviours(as_, supervisor, agent, asked):
    url = reverse("assess", args=[agent.pk, asked.empathy.pk])
    page = as_(supervisor).get(url)
    assert [level.behaviours for _choice, level in page.context["ladder"]] == [
        f"<p>做到第 {number} 级。</p>\n" for number in range(1, 5)
    ]
    answer = as_(supervisor).post(url, {"level": "3", "note": "两次投诉都先安抚再处理"})
    assert answer.url == reverse("competency-evidence", args=[agent.pk, asked.empathy.pk])
    found = Evidence.objects.values_list("source", "score", "by__name", "note").get()
    assert found == ("assessment", 79, "王主管", "两次投诉都先安抚再处理")


@pytest.mark.parametrize(
    ("data", "field"), [({"level": "3"}, "note"), ({"note": "好"}, "level"), ({"level": "5", "note": "好"}, "level")]
)
def test_an_assessment_without_level_or_note_is_refused(as_, supervisor, agent, asked, data, field):
    answer = as_(supervisor).post(reverse("assess", args=[agent.pk, asked.empathy.pk]), data)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Evidence.objects.exists()


def test_nobody_assesses_oneself(as_, supervisor, asked):
    url = reverse("assess", args=[supervisor.pk, asked.empathy.pk])
    for answer in (as_(supervisor).get(url), as_(supervisor).post(url, {"level": "3", "note": "很好"})):
        assert answer.url == reverse("competency-evidence", args=[supervisor.pk, asked.empathy.pk])
    assert not Evidence.objects.exists()
    page = as_(supervisor).get(reverse("competency-evidence", args=[supervisor.pk, asked.empathy.pk]))
    assert page.context["may_assess"] is False


def test_nobody_assesses_somebody_elses_people(as_, supervisor, hire, asked):
    stranger = hire(Role.TRAINEE, department="sales")
    answer = as_(supervisor).post(reverse("assess", args=[stranger.pk, asked.empathy.pk]), {"level": "3", "note": "好"})
    assert answer.status_code == 404


def test_hr_voids_a_piece_with_a_reason_once(as_, hr, agent, asked):
    first, _second = rate(agent, asked.empathy, 10, 90)
    url = reverse("void-evidence", args=[first.pk])
    assert as_(hr).post(url, {"reason": ""}).status_code == 422
    for reason in ("录错了人", "再来一次"):
        assert as_(hr).post(url, {"reason": reason}).url == reverse(
            "competency-evidence", args=[agent.pk, asked.empathy.pk]
        )
    assert list(EvidenceVoid.objects.values_list("evidence", "reason", "by")) == [(first.pk, "录错了人", hr.pk)]


def test_only_hr_is_offered_to_void(as_, hr, supervisor, agent, asked):
    rate(agent, asked.empathy, 10, 90)
    url = reverse("competency-evidence", args=[agent.pk, asked.empathy.pk])
    offered = [as_(person).get(url).context["may_void"] for person in (hr, supervisor, agent)]
    assert offered == [True, False, False]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_own_radar_takes_nine_queries(as_, agent, asked, hire, django_assert_num_queries, rows):
    for number in range(rows):
        rate(agent, competency(f"more-{number}"), 60, 90)
        rate(hire(Role.TRAINEE), asked.empathy, 60, 90)
    client = as_(agent)
    with django_assert_num_queries(9):
        client.get(reverse("my-competencies"))


@pytest.mark.parametrize("rows", [1, 30])
def test_evidence_takes_eight_queries(as_, supervisor, agent, asked, django_assert_num_queries, rows):
    rate(agent, asked.empathy, *[80] * rows, source="assessment", by_id=supervisor.pk)
    for number in range(rows):
        rate(agent, asked.empathy, 60, source="quiz", key=f"attempt:{number}")
    publish_framework("首版", by=None, at=NOON)
    client = as_(agent)
    with django_assert_num_queries(8):
        client.get(reverse("competency-evidence", args=[agent.pk, asked.empathy.pk]))
