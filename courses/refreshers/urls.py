from django.urls import path

from courses.refreshers import views

urlpatterns = [
    path("", views.refreshers, name="refreshers"),
    path("new/", views.refresher_form, name="refresher-new"),
    path("<int:pk>/", views.refresher, name="refresher"),
    path("<int:pk>/edit/", views.refresher_form, name="refresher-edit"),
    path("<int:pk>/pause/", views.refresher_pause, name="refresher-pause"),
]
