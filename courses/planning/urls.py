from django.urls import path

from courses.planning import board_views, busy_views, season_views

urlpatterns = [
    path("board/", board_views.board, name="board"),
    path("board/small/", board_views.board_small, name="board-small"),
    path("board/export/", board_views.board_export, name="board-export"),
    path("board/budgets/", board_views.budgets, name="budgets"),
    path("seasons/", season_views.seasons, name="seasons"),
    path("seasons/new/", season_views.season_form, name="season-new"),
    path("seasons/limit/", season_views.planning_rule, name="planning-rule"),
    path("seasons/ready/<int:year>/", season_views.season_ready, name="season-ready"),
    path("seasons/<int:pk>/", season_views.season, name="season"),
    path("seasons/<int:pk>/edit/", season_views.season_form, name="season-edit"),
    path("seasons/<int:pk>/remove/", season_views.season_remove, name="season-remove"),
    path("busy-times/", busy_views.busy_upload, name="busy-upload"),
    path("busy-times/sample.csv", busy_views.busy_sample, name="busy-sample"),
    path("busy-times/<int:pk>/", busy_views.busy_preview, name="busy-preview"),
    path("busy-times/<int:pk>/apply/", busy_views.busy_apply, name="busy-apply"),
]
