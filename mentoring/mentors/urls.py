from django.urls import path

from mentoring.mentors import views

urlpatterns = [
    path("", views.mentors, name="mentors"),
    path("new/", views.find_mentor, name="mentor-new"),
    path("<int:person_pk>/", views.edit_mentor, name="mentor-edit"),
    path("<int:person_pk>/rest/", views.rest_mentor, name="mentor-rest"),
]
