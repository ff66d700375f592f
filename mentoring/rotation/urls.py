from django.urls import path

from mentoring.rotation import rotation_views, views

urlpatterns = [
    path("", views.rotations, name="rotations"),
    path("all/", views.every, name="rotations-all"),
    path("all/export/", views.export, name="rotations-export"),
    path("offers/new/", views.offer_form, name="rotation-offer-new"),
    path("offers/<int:pk>/", views.offer, name="rotation-offer"),
    path("offers/<int:pk>/edit/", views.offer_form, name="rotation-offer-edit"),
    path("offers/<int:pk>/withdraw/", views.offer_withdraw, name="rotation-offer-withdraw"),
    path("offers/<int:pk>/apply/", views.apply, name="rotation-apply"),
    path("<int:pk>/", rotation_views.rotation, name="rotation"),
    path("<int:pk>/decide/", rotation_views.decide, name="rotation-decide"),
    path("<int:pk>/withdraw/", rotation_views.withdraw, name="rotation-withdraw"),
    path("<int:pk>/stop/", rotation_views.stop, name="rotation-stop"),
    path("<int:pk>/evaluate/", rotation_views.evaluate, name="rotation-evaluate"),
    path("tasks/<int:pk>/tick/", rotation_views.tick, name="rotation-tick"),
    path("tasks/<int:pk>/confirm/", rotation_views.confirm, name="rotation-confirm"),
]
