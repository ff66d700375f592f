from django.urls import path

from mentoring.ramp import views

urlpatterns = [
    path("", views.ramp, name="ramp"),
    path("export/", views.export, name="ramp-export"),
    path("mine/", views.mine, name="my-ramp"),
    path("rule/", views.rule_form, name="ramp-rule"),
    path("people/<int:person_pk>/", views.person_ramp, name="ramp-person"),
]
