from django.urls import path

from assessments.matrix import coverage_views, gap_views, views

urlpatterns = [
    path("competency-matrix/", views.competency_matrix, name="competency-matrix"),
    path("competency-matrix/csv/", views.competency_matrix_csv, name="competency-matrix-csv"),
    path("competency-matrix/excel/", views.competency_matrix_excel, name="competency-matrix-excel"),
    path("competency-coverage/", coverage_views.competency_coverage, name="competency-coverage"),
    path("competency-coverage/csv/", coverage_views.competency_coverage_csv, name="competency-coverage-csv"),
    path("competency-coverage/excel/", coverage_views.competency_coverage_excel, name="competency-coverage-excel"),
    path("competency-gaps/", gap_views.gaps, name="gaps"),
    path("competency-gaps/csv/", gap_views.gaps_csv, name="gaps-csv"),
]
