from django.urls import path

from analytics.readings import views

urlpatterns = [
    path("upload/", views.uploads, name="readings-uploads"),
    path("upload/sample.csv", views.sample, name="readings-sample"),
    path("upload/<int:pk>/", views.upload, name="readings-upload"),
]
