from django.urls import path

from trainingsite.people.history import views

urlpatterns = [path("history/", views.history, name="history")]
