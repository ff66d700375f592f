from django.urls import path

from assessments.learning_paths import assign_views, views

urlpatterns = [
    path("me/learning-path/", views.my_path, name="my-path"),
    path("people/<int:pk>/learning-path/", views.person_path, name="person-path"),
    path("learning-paths/<int:pk>/close/", views.path_close, name="path-close"),
    path("learning-paths/assign/", assign_views.assign_paths, name="assign-paths"),
    path("learning-paths/assignments/", assign_views.path_assignments, name="path-assignments"),
    path("learning-paths/assignments/<int:pk>/", assign_views.path_assignment, name="path-assignment"),
    path("learning-paths/assignments/<int:pk>/undo/", assign_views.path_assignment_undo, name="path-assignment-undo"),
]
