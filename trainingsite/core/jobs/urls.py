from django.urls import path

from trainingsite.core.jobs import views

urlpatterns = [path("<int:pk>/", views.job, name="job")]
