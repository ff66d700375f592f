from django.urls import path

from courses.workdays import views

urlpatterns = [
    path("", views.workdays, name="workdays"),
    path("export/", views.workdays_export, name="workdays-export"),
    path("new/", views.company_day_form, name="company-day-new"),
    path("<int:pk>/", views.company_day_form, name="company-day-edit"),
    path("<int:pk>/remove/", views.company_day_remove, name="company-day-remove"),
]
