"""The demo company's bands, and what the figures of the past year said by them."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from analytics.competency_bands.actions import take_ready
from analytics.competency_bands.evidence import MONTH, pieces_of, settled_at
from assessments.points.demo import earn_levels
from assessments.ratings.deriving import rederive
from assessments.ratings.models import LevelChange
from assessments.ratings.recording import insert
from assessments.ratings.retelling import changes_of_history, replace_changes
from trainingsite.core import clock
from trainingsite.core.demo import Story
from trainingsite.people.demo import moment

MONTHS = relativedelta(months=12)


def tell(story: Story) -> None:
    """Month by month, as if recorded when each had settled; the levels are derived once, at the end.

    This is the last part of the story that is evidence: changes of these levels, and the points for them, get the
    moments that they have in the whole of it.
    """
    month = story.today.replace(day=1) - MONTHS
    bands = take_ready(at=moment(month, 9))
    while settled_at(month) + timedelta(hours=5) < moment(story.today, 0):
        for band in bands:
            pieces = pieces_of(band, month)
            insert(pieces, [settled_at(month) + timedelta(hours=5)] * len(pieces))
        month += MONTH
    competencies = {band.competency_id for band in bands}
    changes = changes_of_history(competencies, until=story.today)
    earn_levels(changes)  # before the levels are derived, so that today brings no points for what is long past
    rederive(None, competencies, at=clock.now(), why=LevelChange.Why.EVIDENCE)
    replace_changes(changes, competencies)
