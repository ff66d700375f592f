from django.urls import path

from assessments.analysis import views

urlpatterns = [
    path("analysis/", views.my_analysis, name="my-analysis"),
    path("people/<int:pk>/analysis/", views.person_analysis, name="person-analysis"),
]
