from django.urls import path

from courses.discussions import moderation, views

urlpatterns = [
    path("learn/<int:pk>/discussions/<int:unit_pk>/", views.learn_discussion, name="learn-discussion"),
    path("units/<int:pk>/discussion/", views.discussion_edit, name="discussion-edit"),
    path("courses/<int:pk>/questions/", views.course_questions, name="course-questions"),
    path("discussions/<int:pk>/", views.discussion, name="discussion"),
    path("discussions/<int:pk>/people/", views.people_to_mention, name="discussion-people"),
    path("discussions/<int:pk>/close/", moderation.discussion_close, name="discussion-close"),
    path("posts/<int:pk>/", views.post, name="post"),
    path("posts/<int:pk>/edit/", moderation.post_edit, name="post-edit"),
    path("posts/<int:pk>/hide/", moderation.post_hide, name="post-hide"),
    path("posts/<int:pk>/moderate/", moderation.post_moderate, name="post-moderate"),
]
