from django.urls import path

from assessments.points import board, rule_views, views

urlpatterns = [
    path("me/points/", views.my_points, name="my-points"),
    path("people/<int:pk>/points/", views.person_points, name="person-points"),
    path("people/<int:pk>/points/give/", views.points_give, name="points-give"),
    path("points/", board.points_board, name="points-board"),
    path("points/export/", board.points_board_csv, name="points-board-csv"),
    path("points/entries/<int:pk>/void/", views.points_void, name="points-void"),
    path("points/rules/", rule_views.point_rules, name="point-rules"),
    path("points/rules/suggested/", rule_views.point_rules_suggested, name="point-rules-suggested"),
    path("points/rules/<slug:event>/new/", rule_views.point_rule_new, name="point-rule-new"),
    path("points/rules/<slug:event>/preview/", rule_views.point_rule_preview, name="point-rule-preview"),
]
