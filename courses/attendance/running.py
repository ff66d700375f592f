"""The session that somebody runs, for the pages of attendance and papers."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from courses.sessions.models import Session
from courses.sessions.rights import run_by
from trainingsite.people.access.doors import me


def mine_to_run(request: HttpRequest, pk: int) -> Session:
    """The session, for who plans it or gives it; 404 for others."""
    return get_object_or_404(run_by(me(request)).select_related("room"), pk=pk)
