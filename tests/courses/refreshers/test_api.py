from courses.refreshers.actions import materialise, skip
from tests.factories.courses import RefresherFactory
from trainingsite.core import clock


def test_feed_holds_rules_and_their_runs(rest, course):
    today = clock.today()
    refresher = RefresherFactory(course=course, starts_on=today, title="月度专题")
    materialise(at=clock.now())
    first = refresher.occurrences.order_by("on").first()
    skip(first, reason="与年会冲突", by=None)

    (rule,) = rest("get", "/api/v1/refreshers/").json()["results"]
    runs = rest("get", f"/api/v1/refresher-runs/?refresher={refresher.pk}&state=skipped").json()["results"]

    assert (rule["title"], rule["course"], rule["rrule"], rule["reminders"]) == (
        "月度专题",
        course.code,
        "FREQ=MONTHLY",
        [7, 3, 1],
    )
    assert [(each["id"], each["on"], each["skipped_reason"]) for each in runs] == [
        (first.pk, today.isoformat(), "与年会冲突")
    ]


def test_runs_are_narrowed_by_day(rest, course):
    today = clock.today()
    RefresherFactory(course=course, starts_on=today, rrule="FREQ=WEEKLY")
    materialise(at=clock.now())

    found = rest("get", f"/api/v1/refresher-runs/?on_or_before={today.isoformat()}").json()["results"]

    assert [each["on"] for each in found] == [today.isoformat()]
