from django.urls import path

from courses.calendar import views

urlpatterns = [path("", views.calendar, name="calendar")]
