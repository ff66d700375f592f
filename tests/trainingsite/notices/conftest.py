import pytest

from trainingsite.notices.kinds import KINDS, Kind


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    """One kind of notice for the tests, with words in two languages."""
    from django.utils.translation import get_language

    def subject(facts):
        hello = "Due soon" if get_language() == "en" else "即将到期"
        return f"{hello}: {facts['course']}"

    monkeypatch.setitem(KINDS._things, "test-due", Kind(subject, icon="calendar-due", body=lambda facts: facts["body"]))
