from django.urls import path

from courses.series import template_views, views

urlpatterns = [
    path("series/", views.series_list, name="series-list"),
    path("series/new/", views.series_new, name="series-new"),
    path("series/<int:pk>/", views.series, name="series"),
    path("sessions/<int:pk>/keep/", template_views.session_keep, name="session-keep"),
    path("session-templates/", template_views.templates, name="session-templates"),
    path("session-templates/new/", template_views.template_form, name="session-template-new"),
    path("session-templates/<int:pk>/edit/", template_views.template_form, name="session-template-edit"),
    path("session-templates/<int:pk>/retire/", template_views.template_retire, name="session-template-retire"),
]
