from django.urls import path

from mentoring.evaluations import views

urlpatterns = [path("pairings/<int:pk>/evaluate/<slug:moment>/", views.evaluate, name="pairing-evaluate")]
