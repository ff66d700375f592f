from django.urls import path

from courses.packs import views

urlpatterns = [
    path("courses/packs/", views.pack_upload, name="pack-upload"),
    path("courses/packs/apply/", views.pack_apply, name="pack-apply"),
    path("courses/packs/export/", views.pack_export, name="pack-export"),
]
