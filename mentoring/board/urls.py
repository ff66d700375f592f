from django.urls import path

from mentoring.board import views

urlpatterns = [
    path("", views.board, name="pairings-board"),
    path("export/csv/", views.board_csv, name="pairings-board-csv"),
    path("export/excel/", views.board_excel, name="pairings-board-excel"),
    path("<int:pk>/remind/", views.remind, name="pairing-remind"),
]
