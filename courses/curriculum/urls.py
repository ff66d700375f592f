from django.urls import path

from courses.curriculum import unit_views, views

urlpatterns = [
    path("topics/", views.topic_list, name="topics"),
    path("courses/", views.course_list, name="courses"),
    path("courses/export/", views.course_export, name="courses-export"),
    path("courses/new/", views.course_form, name="course-new"),
    path("courses/preview/", unit_views.markdown_preview, name="markdown-preview"),
    path("courses/<int:pk>/", views.course_detail, name="course"),
    path("courses/<int:pk>/edit/", views.course_form, name="course-edit"),
    path("courses/<int:pk>/retire/", views.course_retire, name="course-retire"),
    path("courses/<int:course_pk>/units/new/<slug:kind>/", unit_views.unit_new, name="unit-new"),
    path("courses/<int:course_pk>/units/order/", unit_views.unit_order, name="unit-order"),
    path("courses/<int:course_pk>/units/<int:pk>/remove/", unit_views.unit_remove, name="unit-remove"),
    path("units/<int:pk>/", unit_views.unit_look, name="unit-look"),
    path("units/<int:pk>/rework/", unit_views.unit_rework, name="unit-rework"),
    path("units/<int:pk>/restore/", unit_views.unit_restore, name="unit-restore"),
    path("units/<int:pk>/edit/", unit_views.unit_edit, name="unit-edit"),
]
