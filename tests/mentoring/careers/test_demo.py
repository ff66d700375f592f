"""The demo company's careers ask for points that its people have to earn: more the further up one goes."""

from itertools import pairwise

from trainingsite.people.demo import read

FIRST_WEEKS = 250  # what a newcomer has who did well: see `trainee`


def test_each_step_of_the_professional_track_asks_for_more_points():
    asked = {(row["from"], row["to"]): row.get("points") for row in read("careers")["steps"]}
    ladder = ["agent P1", "agent P2", "senior-agent P3", "senior-agent P4"]
    points = [asked[step] for step in pairwise(ladder)]
    assert points == sorted(points)
    assert min(points) > FIRST_WEEKS
