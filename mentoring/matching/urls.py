from django.urls import path

from mentoring.matching import export, round_views, views

urlpatterns = [
    path("", views.matching_rounds, name="matching-rounds"),
    path("new/", views.new, name="matching-new"),
    path("<int:pk>/", round_views.matching_round, name="matching-round"),
    path("<int:pk>/rules/", views.edit, name="matching-edit"),
    path("<int:pk>/add/", views.add, name="matching-add"),
    path("<int:pk>/solve/", round_views.solve, name="matching-solve"),
    path("<int:pk>/confirm/", round_views.confirm, name="matching-confirm"),
    path("<int:pk>/discard/", round_views.discard, name="matching-discard"),
    path("<int:pk>/export/", export.export, name="matching-export"),
    path("matches/<int:pk>/", round_views.alternatives, name="match-alternatives"),
    path("matches/<int:pk>/fix/", round_views.fix, name="match-fix"),
    path("matches/<int:pk>/loosen/", round_views.loosen, name="match-loosen"),
    path("matches/<int:pk>/remove/", round_views.remove, name="match-remove"),
]
