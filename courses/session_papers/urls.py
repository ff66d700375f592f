from django.urls import path

from courses.session_papers import views

urlpatterns = [
    path("<int:pk>/materials/", views.materials, name="session-materials"),
    path("materials/<int:pk>/remove/", views.material_remove, name="session-material-remove"),
    path("<int:pk>/minutes/", views.minutes, name="session-minutes"),
    path("<int:pk>/minutes/tell/", views.tell, name="session-tell"),
    path("todos/<int:pk>/tick/", views.todo_tick, name="session-todo"),
]
