"""The demo company's feeds: two people follow their calendars, at addresses that nobody knows any more."""

from datetime import timedelta

from courses.feeds.actions import make_feed, read_feed
from trainingsite.core.demo import Story
from trainingsite.people.demo import moment
from trainingsite.people.models import User

DAY = timedelta(days=1)


def tell(story: Story) -> None:
    for person in User.objects.filter(username__in=("trainee", "instructor")).order_by("pk"):
        feed, _secret = make_feed(person, at=moment(story.today - 3 * DAY))
        for days in (3, 2, 1):
            read_feed(feed, at=moment(story.today - days * DAY, 8))
