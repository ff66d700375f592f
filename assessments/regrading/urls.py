from django.urls import path

from assessments.regrading import views

urlpatterns = [
    path("regrades/", views.regrades, name="regrades"),
    path("regrades/new/", views.regrade_new, name="regrade-new"),
    path("regrades/<int:pk>/", views.regrade, name="regrade"),
    path("regrades/<int:pk>/export/", views.regrade_csv, name="regrade-csv"),
    path("regrades/<int:pk>/discard/", views.regrade_discard, name="regrade-discard"),
    path("regrades/<int:pk>/go-on/", views.regrade_go_on, name="regrade-go-on"),
]
