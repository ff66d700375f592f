from django.urls import path

from courses.attendance import check_in_views, import_views, screen_views, views

urlpatterns = [
    path("check-in/", check_in_views.check_in_typed, name="check-in"),
    path("<int:pk>/check-in/", check_in_views.session_check_in, name="session-check-in"),
    path("<int:pk>/screen/", screen_views.screen, name="session-screen"),
    path("<int:pk>/screen/now/", screen_views.screen_now, name="session-screen-now"),
    path("<int:pk>/roster/", views.roster, name="session-roster"),
    path("<int:pk>/roster/print/", views.roster_print, name="session-roster-print"),
    path("<int:pk>/roster/export/", views.roster_export, name="session-roster-export"),
    path("<int:pk>/attendance/", views.attendance, name="session-attendance"),
    path("<int:pk>/attendance/everybody/", views.everybody, name="session-everybody"),
    path("<int:pk>/attendance/import/", import_views.attendance_upload, name="attendance-upload"),
    path("<int:pk>/attendance/sample/", import_views.attendance_sample, name="attendance-sample"),
    path("attendance/<int:pk>/", import_views.attendance_preview, name="attendance-preview"),
    path("attendance/<int:pk>/apply/", import_views.attendance_apply, name="attendance-apply"),
]
