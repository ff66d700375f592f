from django.urls import path

from trainingsite.people.profile import views

urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("profile/password/", views.change_password, name="password-change"),
]
