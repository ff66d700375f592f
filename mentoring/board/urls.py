from django.urls import path

from mentoring.board import home_views, views

urlpatterns = [
    path("", views.board, name="pairings-board"),
    path("export/csv/", views.board_csv, name="pairings-board-csv"),
    path("export/excel/", views.board_excel, name="pairings-board-excel"),
    path("remind/", views.remind_shown, name="pairings-remind"),
    path("<int:pk>/remind/", views.remind, name="pairing-remind"),
    path("tasks/<int:pk>/sign/", home_views.sign_at_home, name="sign-at-home"),
]
