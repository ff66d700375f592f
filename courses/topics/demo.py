"""The demo company's topics: those without courses of the content pack."""

from courses.topics.ready import load_ready_topics
from trainingsite.core.demo import Story


def tell(_story: Story) -> None:
    load_ready_topics()
