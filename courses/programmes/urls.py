from django.urls import path

from courses.programmes import exception_views, views, wizard

urlpatterns = [
    path("", views.programmes, name="programmes"),
    path("exceptions/", exception_views.exceptions, name="exceptions"),
    path("exceptions/decide/", exception_views.exceptions_decide, name="exceptions-decide"),
    path("assignments/<int:pk>/", views.assignment, name="assignment"),
    path("<int:pk>/", views.programme, name="programme"),
    path("<int:pk>/archive/", views.programme_archive, name="programme-archive"),
    path("<int:pk>/assign/", wizard.assign_start, name="assign"),
    path("<int:pk>/assign/<uuid:token>/who/", wizard.assign_audience, name="assign-audience"),
    path("<int:pk>/assign/<uuid:token>/due/", wizard.assign_due, name="assign-due"),
    path("<int:pk>/assign/<uuid:token>/check/", wizard.assign_check, name="assign-check"),
]
