from django.urls import path

from trainingsite.people.positions import views

urlpatterns = [
    path("positions/", views.positions, name="positions"),
    path("positions/new/", views.edit_position, name="position-new"),
    path("positions/<int:pk>/edit/", views.edit_position, name="position-edit"),
    path("positions/<int:pk>/delete/", views.remove_position, name="position-delete"),
]
