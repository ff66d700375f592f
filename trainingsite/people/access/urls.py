from django.contrib.auth.views import LogoutView
from django.urls import path

from trainingsite.people.access import views

urlpatterns = [
    path("login/", views.Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("language/", views.set_language, name="set_language"),
    path("access/", views.access, name="access"),
    path("access/<int:pk>/take/", views.take_role, name="access-take"),
]
