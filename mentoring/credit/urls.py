from django.urls import path

from mentoring.credit import views

urlpatterns = [
    path("", views.credit, name="mentor-credit"),
    path("export/csv/", views.credit_csv, name="mentor-credit-csv"),
    path("export/excel/", views.credit_excel, name="mentor-credit-excel"),
    path("mine/", views.my_credit, name="my-credit"),
    path("<int:pk>/", views.mentor_credit, name="mentor-credit-person"),
]
