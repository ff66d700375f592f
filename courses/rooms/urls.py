from django.urls import path

from courses.rooms import views

urlpatterns = [
    path("", views.rooms, name="rooms"),
    path("export/", views.rooms_export, name="rooms-export"),
    path("new/", views.room_form, name="room-new"),
    path("<int:pk>/", views.room, name="room"),
    path("<int:pk>/edit/", views.room_form, name="room-edit"),
    path("<int:pk>/retire/", views.room_retire, name="room-retire"),
]
