"""Who completed an earlier version is asked for nothing, for what changed, or for everything."""

from datetime import timedelta

import pytest

from courses.curriculum.actions import add_unit, change_unit, remove_unit
from courses.curriculum.models import Reask
from courses.curriculum.versions import publish_version, start_version
from courses.enrolment.actions import complete_many, complete_unit, enrol, enrol_many, required_units, withdraw
from courses.models import Enrolment, UnitProgress
from courses.player.outline import outlines_of
from courses.releases import asking
from courses.releases.asking import ask, job_of, to_ask
from tests.factories.courses import MONDAY
from tests.factories.people import PersonFactory
from trainingsite.core import clock
from trainingsite.core.jobs import actions as jobs
from trainingsite.notices.models import Notice

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def due():
    return clock.today() + 14 * DAY


def completed(course, person=None, at=None):
    """A person who has completed what learners have."""
    enrolment = enrol(person or PersonFactory(), course, on=MONDAY)
    complete_many([(enrolment, at or clock.now() - 30 * DAY)])
    enrolment.refresh_from_db()
    return enrolment


def publish(course, reask, due_on=None, by=None):
    version = publish_version(course, reask=reask, ask_due_on=due_on, by=by, at=clock.now())
    course.refresh_from_db()
    return version


def asked(version):
    return Enrolment.objects.filter(course=version.course, version=version.number)


def left(enrolment):
    """What the person still has to do."""
    (outline,) = outlines_of([enrolment])
    return [step.unit.title for step in outline.steps if not step.is_done]


@pytest.mark.usefixtures("draft")
class TestChanged:
    def test_asks_only_for_the_units_that_changed(self, returns, due):
        before = completed(returns)
        Notice.objects.all().delete()

        version = publish(returns, Reask.CHANGED, due)

        (fresh,) = asked(version)
        assert (fresh.person, fresh.due_on, fresh.scope, fresh.completed_at) == (before.person, due, "full", None)
        assert left(fresh) == ["例外"]
        carried = UnitProgress.objects.get(enrolment=fresh)
        assert (carried.unit.title, carried.completed_at) == ("规则", before.completed_at)
        notice = Notice.objects.get()
        assert (notice.person, notice.kind) == (before.person, "version_asked")

    def test_is_completed_by_the_changed_unit_alone(self, returns, due):
        completed(returns)
        (fresh,) = asked(publish(returns, Reask.CHANGED, due))

        done = complete_unit(fresh, required_units(fresh).get(title="例外"), at=clock.now())

        assert done.completed_at is not None

    def test_new_units_are_asked_for_and_removed_ones_not(self, returns, due):
        completed(returns)
        add_unit(returns, kind="article", title="海外仓", body="文")
        remove_unit(returns.units.in_use().get(title="规则"))

        (fresh,) = asked(publish(returns, Reask.CHANGED, due))

        assert left(fresh) == ["例外", "海外仓"]

    def test_the_latest_completion_counts(self, returns, due):
        person = PersonFactory()
        completed(returns, person, at=clock.now() - 90 * DAY)
        last = completed(returns, person, at=clock.now() - 10 * DAY)

        (fresh,) = asked(publish(returns, Reask.CHANGED, due))

        assert UnitProgress.objects.get(enrolment=fresh).completed_at == last.completed_at

    def test_who_is_in_the_middle_has_left_or_never_began_is_not_asked(self, returns, due):
        middle = enrol(PersonFactory(), returns, on=MONDAY)
        completed(returns, PersonFactory(left_on=clock.today()))
        gone = enrol(PersonFactory(), returns, on=MONDAY)
        withdraw(gone, reason="调岗", at=clock.now())

        version = publish(returns, Reask.CHANGED, due)

        assert not asked(version).exists()
        middle.refresh_from_db()
        assert (middle.version, left(middle)) == (1, ["规则", "例外"])

    def test_of_a_version_that_only_takes_out_asks_nobody(self, returns, due):
        from courses.curriculum.drafts import restore

        completed(returns)
        restore(returns.units.get(introduced_in=2))
        remove_unit(returns.units.get(title="例外"))

        assert not asked(publish(returns, Reask.CHANGED, due)).exists()

    def test_later_version_asks_for_what_it_changed_itself(self, returns, due):
        completed(returns)
        publish(returns, Reask.NOBODY)
        start_version(returns, by=None, at=clock.now())
        change_unit(returns.units.in_use().get(title="规则"), body="新的规则")

        (fresh,) = asked(publish(returns, Reask.CHANGED, due))

        assert left(fresh) == ["规则"]


@pytest.mark.usefixtures("draft")
class TestOthers:
    def test_everything_asks_for_the_whole_course(self, returns, due):
        completed(returns)

        (fresh,) = asked(publish(returns, Reask.EVERYTHING, due))

        assert left(fresh) == ["规则", "例外"]

    def test_nobody_asks_nobody_and_keeps_no_deadline(self, returns, due):
        completed(returns)

        version = publish(returns, Reask.NOBODY, due)

        assert not asked(version).exists()
        assert version.ask_due_on is None

    def test_published_twice_asks_once(self, returns, due):
        completed(returns)
        version = publish(returns, Reask.EVERYTHING, due)

        publish(returns, Reask.EVERYTHING, due)

        assert asked(version).count() == 1
        assert Notice.objects.filter(kind="version_asked").count() == 1

    def test_who_was_asked_is_not_asked_again_even_when_done_or_withdrawn(self, returns, due):
        first, second = completed(returns).person, completed(returns).person
        version = publish(returns, Reask.EVERYTHING, due)
        complete_many([(asked(version).get(person=first), clock.now())])
        withdraw(asked(version).get(person=second), reason="免修", at=clock.now())

        assert to_ask(version, on=clock.today()) == []
        assert ask(version, [], on=clock.today()) == 0


@pytest.mark.usefixtures("draft")
class TestMany:
    def test_are_asked_by_a_worker_once(self, returns, due, monkeypatch):
        monkeypatch.setattr(asking, "AT_ONCE", 2)
        monkeypatch.setattr(asking, "BATCH", 2)
        people = [completed(returns).person for _n in range(3)]
        hr = PersonFactory()

        version = publish(returns, Reask.CHANGED, due, by=hr)
        job = job_of(version)
        assert not asked(version).exists()
        jobs.run(job.pk)
        jobs.run(job.pk)

        job.refresh_from_db()
        assert (job.owner, job.state, job.done, job.total) == (hr, "done", 3, 3)
        assert sorted(asked(version).values_list("person", flat=True)) == sorted(person.pk for person in people)

    @pytest.mark.parametrize("people", [1, 30])
    def test_take_as_many_queries_as_one(self, returns, due, people, django_assert_num_queries):
        ids = [PersonFactory().pk for _n in range(people)]
        enrol_many(ids, returns, on=MONDAY, tell=False)
        complete_many([(row, clock.now()) for row in Enrolment.objects.all()])
        version = publish(returns, Reask.NOBODY)
        version.reask, version.ask_due_on = Reask.CHANGED, due

        with django_assert_num_queries(13):
            ask(version, to_ask(version, on=clock.today()), on=clock.today())

        assert asked(version).count() == people
