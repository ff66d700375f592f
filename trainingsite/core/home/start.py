"""Where to go from a first page that has nothing to say."""

from django.http import HttpRequest

from trainingsite.core import navigation


def first_steps(request: HttpRequest) -> list[navigation.Item]:
    """The places of the person's own navigation, without the page that is open."""
    sections = navigation.context(request)["navigation"]
    return [item for section in sections for item in section.items if not item.active]
