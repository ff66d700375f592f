from django.urls import path

from mentoring.careers import nomination_views, person_views, reserve_views, views

urlpatterns = [
    path("careers/", views.careers, name="careers"),
    path("careers/steps/new/", views.career_step_edit, name="career-step-new"),
    path("careers/steps/<int:pk>/", views.career_step, name="career-step"),
    path("careers/steps/<int:pk>/edit/", views.career_step_edit, name="career-step-edit"),
    path("careers/steps/<int:pk>/retire/", views.career_step_retire, name="career-step-retire"),
    path("careers/steps/<int:pk>/candidates/", reserve_views.candidates, name="career-candidates"),
    path("careers/reserve/", reserve_views.reserve, name="reserve"),
    path("careers/reserve/export/", reserve_views.reserve_csv, name="reserve-csv"),
    path("careers/reserve/<int:pk>/remove/", reserve_views.reserve_remove, name="reserve-remove"),
    path("careers/nominations/", nomination_views.nominations, name="nominations"),
    path("careers/nominations/export/", nomination_views.nominations_csv, name="nominations-csv"),
    path("careers/nominations/<int:pk>/", nomination_views.nomination, name="nomination"),
    path("careers/nominations/<int:pk>/approve/", nomination_views.nomination_approve, name="nomination-approve"),
    path("careers/nominations/<int:pk>/decline/", nomination_views.nomination_decline, name="nomination-decline"),
    path("careers/nominations/<int:pk>/withdraw/", nomination_views.nomination_withdraw, name="nomination-withdraw"),
    path("careers/nominations/<int:pk>/call-off/", nomination_views.nomination_call_off, name="nomination-call-off"),
    path("me/career/", person_views.my_career, name="my-career"),
    path("people/<int:pk>/career/", person_views.person_career, name="person-career"),
    path("people/<int:pk>/reserve/<int:step_pk>/", reserve_views.reserve_keep, name="reserve-keep"),
    path("people/<int:pk>/nominate/<int:step_pk>/", nomination_views.nominate, name="nominate"),
]
