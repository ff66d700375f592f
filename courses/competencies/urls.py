from django.urls import path

from courses.competencies import version_views, views

urlpatterns = [
    path("", views.competencies, name="competencies"),
    path("ready/", views.framework_ready, name="framework-ready"),
    path("publish/", version_views.publish, name="framework-publish"),
    path("versions/", version_views.versions, name="framework-versions"),
    path("versions/compare/", version_views.version_compare, name="framework-compare"),
    path("versions/<int:number>/", version_views.version, name="framework-version"),
    path("groups/new/", views.group_form, name="competency-group-new"),
    path("groups/<int:pk>/edit/", views.group_form, name="competency-group-edit"),
    path("groups/<int:pk>/shift/", views.group_shift, name="competency-group-shift"),
    path("new/", views.competency_form, name="competency-new"),
    path("<int:pk>/", views.competency, name="competency"),
    path("<int:pk>/edit/", views.competency_form, name="competency-edit"),
    path("<int:pk>/shift/", views.competency_shift, name="competency-shift"),
    path("<int:pk>/retire/", views.competency_retire, name="competency-retire"),
    path("<int:pk>/restore/", views.competency_restore, name="competency-restore"),
]
