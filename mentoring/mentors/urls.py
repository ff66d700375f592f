from django.urls import path

from mentoring.mentors import own_views, views

urlpatterns = [
    path("", views.mentors, name="mentors"),
    path("export/", views.export, name="mentors-export"),
    path("new/", views.find_mentor, name="mentor-new"),
    path("me/", own_views.my_profile, name="my-mentoring-profile"),
    path("me/away/", own_views.add_my_away, name="my-away-new"),
    path("me/away/<int:pk>/remove/", own_views.remove_my_away, name="my-away-remove"),
    path("<int:person_pk>/", views.mentor, name="mentor"),
    path("<int:person_pk>/edit/", views.edit_mentor, name="mentor-edit"),
    path("<int:person_pk>/rest/", views.rest_mentor, name="mentor-rest"),
    path("<int:person_pk>/away/", views.add_mentor_away, name="mentor-away-new"),
    path("<int:person_pk>/away/<int:pk>/remove/", views.remove_mentor_away, name="mentor-away-remove"),
]
