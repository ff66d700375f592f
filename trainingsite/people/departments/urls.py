from django.urls import path

from trainingsite.people.departments import views

urlpatterns = [
    path("departments/", views.departments, name="departments"),
    path("departments/new/", views.edit_department, name="department-new"),
    path("departments/<int:pk>/edit/", views.edit_department, name="department-edit"),
    path("departments/<int:pk>/delete/", views.remove_department, name="department-delete"),
]
