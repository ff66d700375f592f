from django.urls import path

from analytics.targets import views

urlpatterns = [
    path("", views.targets, name="targets"),
    path("set/", views.target_set, name="target-set"),
    path("<int:pk>/remove/", views.target_remove, name="target-remove"),
]
