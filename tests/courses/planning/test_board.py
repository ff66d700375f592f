from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from courses.models import TrainingBudget
from courses.planning.board import Placed, build, by_week, pack
from courses.planning.lanes import EXPIRIES, LANES, Bar, Count, Filters, Lane, Row, Window
from courses.planning.load import loads
from courses.planning.quarters import Quarter
from tests.factories.courses import CourseFactory, EnrolmentFactory, RefresherFactory, TopicFactory, UnitFactory
from tests.factories.planning import HOUR, NINE, SeasonFactory, SessionFactory, SessionPlaceFactory
from trainingsite.people.access.roles import Role
from trainingsite.people.models import Department

Q4 = Quarter(2026, 4)
DAY = timedelta(days=1)


@pytest.fixture
def hr(hire):
    return hire(Role.HR, department="centre", name="人力")


@pytest.fixture
def window(hr, today):
    return Window(Q4.first_shown, Q4.last_shown, today, hr)


@pytest.fixture
def certificates():
    """Five certificates end on 10 December."""
    EXPIRIES.register("test", lambda _window: [Count(date(2026, 12, 10), 5)])
    yield
    del EXPIRIES._things["test"]


def lane_of(board, label):
    return next(lane for lane in board.lanes if lane.icon == label)


@pytest.mark.parametrize(
    ("text", "first", "last", "weeks"),
    [
        ("2026-4", date(2026, 9, 28), date(2027, 1, 3), 14),
        ("2027-1", date(2026, 12, 28), date(2027, 4, 4), 14),
        ("2026-1", date(2025, 12, 29), date(2026, 4, 5), 14),
        ("2029-1", date(2029, 1, 1), date(2029, 4, 1), 13),
    ],
)
def test_quarter_is_shown_in_whole_weeks(text, first, last, weeks, today):
    quarter = Quarter.read(text, today)

    assert (quarter.first_shown, quarter.last_shown, quarter.weeks) == (first, last, weeks)


@pytest.mark.parametrize("text", ["", "2026-5", "26-1", "１９９９-1", "1999-1", "2026-4 "])
def test_text_that_is_no_quarter_is_todays(text, today):
    assert Quarter.read(text, today) == Q4


def test_quarters_follow_each_other():
    assert (Q4.after, Q4.before, Quarter(2027, 1).before) == (Quarter(2027, 1), Quarter(2026, 3), Q4)


def test_bars_that_overlap_stand_in_tracks_of_their_own():
    def bar(column, span):
        return Placed(Bar(date(2026, 10, 1), date(2026, 10, 1), ""), column, span)

    tracks = pack([bar(5, 5), bar(1, 4), bar(3, 9), bar(12, 2)])

    assert [[(each.column, each.span) for each in track] for track in tracks] == [[(1, 4), (5, 5), (12, 2)], [(3, 9)]]


def test_bars_are_cut_at_the_edges_and_short_ones_get_room_for_words(window):
    bars = (
        Bar(date(2026, 8, 1), date(2026, 10, 4), "早"),
        Bar(date(2026, 11, 11), date(2026, 11, 11), "日"),
        Bar(date(2027, 1, 3), date(2027, 1, 3), "末"),
        Bar(date(2027, 3, 1), date(2027, 3, 3), "外"),
    )
    LANES.register("test", Lane("测试", "test", 1, rows=lambda _window: [Row(bars)]))
    try:
        lane = lane_of(build(Q4, window, []), "test")
    finally:
        del LANES._things["test"]

    placed = [(p.bar.label, p.column, p.span, p.cut_left, p.at_end) for p in lane.lines[0].tracks[0]]
    assert placed == [("早", 1, 12, True, False), ("日", 45, 12, False, False), ("末", 87, 12, False, True)]


@pytest.mark.parametrize(("days", "short"), [(1, True), (5, True), (6, True), (7, False), (40, False)])
def test_bar_whose_words_need_far_more_room_than_its_days_is_short(days, short):
    first = date(2026, 10, 1)
    assert Placed(Bar(first, first + (days - 1) * DAY, ""), 1, max(days, 12)).is_short is short


def test_seasons_stand_behind_with_the_days_that_are_shown(window, double_12):
    board = build(Q4, window, [double_12])

    assert [(shade.season, shade.column, shade.span) for shade in board.shades] == [(double_12, 72, 7)]
    assert (board.today_column, board.columns) == (56, 98)


def test_sessions_refreshers_and_due_dates_have_their_lanes(window, hire):
    SessionPlaceFactory(session=SessionFactory(title="投诉处理工作坊"), person=hire())
    SessionFactory(title="已取消", cancelled_at=NINE)
    RefresherFactory(title="每月复训", starts_on=date(2026, 9, 20))
    EnrolmentFactory(person=hire(), due_on=date(2026, 12, 2))

    board = build(Q4, window, [])

    (chip,) = lane_of(board, "presentation").lines[0].tracks[0]
    assert (chip.bar.label, chip.bar.first, bool(chip.bar.move_url)) == ("投诉处理工作坊", date(2026, 12, 1), True)
    assert chip.bar.detail.startswith("09:00 · 培训室")
    runs = [placed.bar.first for placed in lane_of(board, "repeat").lines[0].tracks[0]]
    assert runs == [date(2026, 9, 20), date(2026, 10, 20), date(2026, 11, 20), date(2026, 12, 20)]
    due = {cell.week.first: (cell.number, cell.heat) for cell in lane_of(board, "calendar-due").cells if cell.number}
    assert due == {date(2026, 11, 30): (1, 4)}


def test_past_session_is_not_movable_and_auditor_moves_none(window, hire, today):
    SessionFactory(starts_at=NINE - 30 * DAY)
    auditor = hire(Role.AUDITOR, department="centre")
    watching = Window(window.first, window.last, today, auditor)
    SessionFactory()

    movable = [
        [bool(placed.bar.move_url) for placed in lane_of(build(Q4, each, []), "presentation").lines[0].tracks[0]]
        for each in (window, watching)
    ]

    assert movable == [[False, True], [False, False]]


def test_certificates_that_end_in_a_blackout_are_announced_ahead(window, double_12, certificates):
    lane = lane_of(build(Q4, window, [double_12]), "certificate")

    (bar,) = [placed.bar for placed in lane.lines[0].tracks[0]]
    assert (bar.first, bar.last, bar.level) == (date(2026, 11, 17), date(2026, 12, 7), "cliff")
    assert [(cell.number, cell.inside) for cell in lane.cells if cell.number] == [(5, double_12)]


def test_board_is_narrowed_by_department_and_topic(window, hire, company):
    care, topic = hire(), TopicFactory()
    inside = SessionFactory(topic=TopicFactory(parent=topic), title="下级主题")
    SessionPlaceFactory(session=inside, person=care)
    SessionPlaceFactory(session=SessionFactory(starts_at=NINE + 2 * HOUR), person=hire(department="sales"))

    for filters in (Filters(topic=topic.pk), Filters(department_path=company["care"].path)):
        narrowed = Window(window.first, window.last, window.today, window.user, filters)
        chips = lane_of(build(Q4, narrowed, []), "presentation").lines[0].tracks[0]
        assert [chip.bar.label for chip in chips] == ["下级主题"]


def test_phone_lists_weeks_with_what_begins_in_them(window, double_12):
    SessionFactory(title="投诉处理工作坊")

    weeks = by_week(build(Q4, window, [double_12]))

    held = {each.week.first: [bar.label for _lane, bar in each.bars] for each in weeks if each.bars}
    assert held == {date(2026, 11, 30): ["投诉处理工作坊"]}
    assert [each.week.first for each in weeks if each.seasons] == [date(2026, 12, 7), date(2026, 12, 14)]


def test_departments_show_hours_budget_and_the_fullest_hour(window, hire, company):
    care, other = hire(), hire(department="disputes")
    session = SessionFactory(ends_at=NINE + 2 * HOUR)
    for person in (care, other):
        SessionPlaceFactory(session=session, person=person)
    course = CourseFactory()
    UnitFactory(course=course, minutes=30)
    EnrolmentFactory(person=care, course=course, due_on=date(2026, 12, 2))
    TrainingBudget.objects.create(department=company["care"], year=2026, quarter=4, hours=5)

    lines = loads(Q4, window, list(Department.objects.in_tree_order()))

    by_name = {line.department.name: line for line in lines}
    line = by_name["售后服务部"]
    assert (line.people, line.minutes, line.budget, line.used, line.level) == (2, 270, 5, 0.9, "warn")
    assert (line.peak, line.peak_at, line.peak_share, line.indent) == (2, NINE, 1.0, 1)
    assert (by_name["投诉专席"].minutes, by_name["售前服务部"].minutes) == (120, 0)
    assert by_name["客户服务中心"].minutes == 270


@pytest.mark.parametrize("rows", [1, 12])
def test_board_takes_sixteen_queries(as_, hr, hire, rows, django_assert_max_num_queries):
    browse = as_(hr)
    for number in range(rows):
        begin = datetime(2026, 11, 23, 1, tzinfo=UTC) + number * DAY
        session = SessionFactory(starts_at=begin, ends_at=begin + HOUR)
        SessionPlaceFactory(session=session, person=hire())
        SeasonFactory(starts_on=date(2026, 10, 1) + number * DAY, ends_on=date(2026, 10, 1) + number * DAY)
        RefresherFactory(starts_on=date(2026, 10, 1))
        EnrolmentFactory(due_on=date(2026, 12, 2))
    address = f"{reverse('board')}?quarter=2026-4"
    browse.get(address)

    with django_assert_max_num_queries(16):
        browse.get(address)
