"""What tests read from the page of the calendar."""

from datetime import date

DECEMBER = {"day": "2026-12-01"}


def titles(context):
    return [entry.title for day in context["days"] for entry in day.entries]


def on(context, text):
    """The day of the page."""
    return next(day for day in context["days"] if day.date == date.fromisoformat(text))


def words(entry):
    return [str(state.word) for state in entry.states]
