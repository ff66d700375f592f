from django.urls import path

from mentoring.wishes import views

urlpatterns = [
    path("wishes/", views.my_wishes, name="my-wishes"),
    path("wishes/say/", views.wish, name="my-wish"),
    path("apart/", views.apart, name="keep-apart"),
    path("apart/new/", views.add_apart, name="keep-apart-new"),
    path("apart/<int:pk>/lift/", views.lift_apart, name="keep-apart-lift"),
]
