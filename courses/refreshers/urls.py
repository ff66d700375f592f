from django.urls import path

from courses.refreshers import rule_views, run_views, timeline_views, views

urlpatterns = [
    path("", views.refreshers, name="refreshers"),
    path("export/", views.refreshers_export, name="refreshers-export"),
    path("timeline/", timeline_views.refresher_timeline, name="refresher-timeline"),
    path("new/", rule_views.refresher_choose, name="refresher-choose"),
    path("new/<slug:what>/", rule_views.refresher_new, name="refresher-new"),
    path("preview/", rule_views.refresher_preview, name="refresher-preview"),
    path("<int:pk>/", views.refresher, name="refresher"),
    path("<int:pk>/edit/", rule_views.refresher_edit, name="refresher-edit"),
    path("<int:pk>/pause/", views.refresher_pause, name="refresher-pause"),
    path("<int:pk>/resume/", views.refresher_resume, name="refresher-resume"),
    path("<int:pk>/run/", run_views.refresher_run, name="refresher-run"),
    path("runs/<int:pk>/skip/", run_views.run_skip, name="refresher-run-skip"),
    path("runs/<int:pk>/take-back/", run_views.run_take_back, name="refresher-run-take-back"),
    path("runs/<int:pk>/move/", run_views.run_move, name="refresher-run-move"),
]
