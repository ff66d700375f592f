from django.urls import path

from courses.audiences import views

urlpatterns = [
    path("", views.audiences, name="audiences"),
    path("new/", views.audience_form, name="audience-new"),
    path("preview/", views.audience_preview, name="audience-preview"),
    path("<int:pk>/", views.audience_form, name="audience"),
    path("<int:pk>/delete/", views.audience_delete, name="audience-delete"),
]
