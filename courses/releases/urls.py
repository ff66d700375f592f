from django.urls import path

from courses.releases import views

urlpatterns = [
    path("publish/", views.course_publish, name="course-publish"),
    path("versions/start/", views.version_start, name="version-start"),
    path("versions/send/", views.version_send, name="version-send"),
    path("versions/return/", views.version_return, name="version-return"),
    path("versions/take-back/", views.version_take_back, name="version-take-back"),
    path("versions/discard/", views.version_discard, name="version-discard"),
    path("versions/<int:number>/", views.version_detail, name="version"),
]
