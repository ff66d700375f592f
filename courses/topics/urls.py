from django.urls import path

from courses.topics import views

urlpatterns = [
    path("tree/", views.topic_tree, name="topic-tree"),
    path("new/", views.topic_form, name="topic-new"),
    path("ready/", views.topics_ready, name="topics-ready"),
    path("<int:pk>/edit/", views.topic_form, name="topic-edit"),
    path("<int:pk>/place/", views.topic_place, name="topic-place"),
    path("<int:pk>/retire/", views.topic_retire, name="topic-retire"),
    path("<int:pk>/restore/", views.topic_restore, name="topic-restore"),
]
