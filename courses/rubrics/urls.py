from django.urls import path

from courses.rubrics import views

urlpatterns = [
    path("", views.rubrics, name="rubrics"),
    path("new/", views.rubric_form, name="rubric-new"),
    path("<int:pk>/", views.rubric, name="rubric"),
    path("<int:pk>/edit/", views.rubric_form, name="rubric-edit"),
    path("<int:pk>/copy/", views.rubric_copy, name="rubric-copy"),
    path("<int:pk>/retire/", views.rubric_retire, name="rubric-retire"),
]
