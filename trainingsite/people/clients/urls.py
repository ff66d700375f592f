from django.urls import path

from trainingsite.people.clients import views

urlpatterns = [
    path("clients/", views.clients, name="clients"),
    path("clients/<int:pk>/switch/", views.switch_client, name="client-switch"),
]
