from django.urls import path

from assessments.appeals import views

urlpatterns = [
    path("attempts/<int:pk>/questions/<int:position>/appeal/", views.appeal_new, name="appeal-new"),
    path("appeals/", views.appeals, name="appeals"),
    path("appeals/mine/", views.my_appeals, name="my-appeals"),
    path("appeals/<int:pk>/", views.appeal, name="appeal"),
    path("appeals/<int:pk>/withdraw/", views.appeal_withdraw, name="appeal-withdraw"),
]
