from django.urls import path

from analytics.competency_bands import views

urlpatterns = [
    path("", views.kpi_bands, name="kpi-bands"),
    path("new/", views.kpi_band_form, name="kpi-band-new"),
    path("ready/", views.kpi_bands_ready, name="kpi-bands-ready"),
    path("<int:pk>/edit/", views.kpi_band_form, name="kpi-band-edit"),
    path("<int:pk>/retire/", views.kpi_band_retire, name="kpi-band-retire"),
]
