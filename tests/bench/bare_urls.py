"""The yardstick: one row by its primary key through the ORM."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from trainingsite.people.models import User


def one_read(_request: HttpRequest, pk: int) -> HttpResponse:
    name = User.objects.get(pk=pk).name.encode()
    return HttpResponse(name, headers={"Content-Length": str(len(name))})


urlpatterns = [path("bare/<int:pk>/", one_read)]
