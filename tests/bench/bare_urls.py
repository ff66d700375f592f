"""The yardsticks: one row read, and one row updated, by its primary key through the ORM."""

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import path

from assessments.models import Response
from trainingsite.people.models import User


def one_read(_request: HttpRequest, pk: int) -> HttpResponse:
    name = User.objects.get(pk=pk).name.encode()
    return HttpResponse(name, headers={"Content-Length": str(len(name))})


def one_update(_request: HttpRequest, pk: int) -> HttpResponse:
    changed = Response.objects.filter(pk=pk).update(tries=F("tries"), flagged=False)
    body = str(changed).encode()
    return HttpResponse(body, headers={"Content-Length": str(len(body))})


urlpatterns = [path("bare/<int:pk>/", one_read), path("bare/<int:pk>/update/", one_update)]
