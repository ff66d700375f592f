from django.urls import path

from mentoring.development import list_views, views

urlpatterns = [
    path("mine/", views.my_development, name="my-development"),
    path("", list_views.plans, name="development-plans"),
    path("export/", list_views.export, name="development-plans-export"),
    path("missing/", list_views.missing, name="development-missing"),
    path("new/", views.plan_new, name="my-development-new"),
    path("new/<int:person_pk>/", views.plan_new, name="development-plan-new"),
    path("<int:pk>/", views.plan, name="development-plan"),
    path("<int:pk>/edit/", views.plan_edit, name="development-plan-edit"),
    path("<int:pk>/agree/", views.agree, name="development-agree"),
    path("<int:pk>/close/", views.close, name="development-close"),
    path("<int:pk>/leadership/", views.take_leadership, name="development-leadership"),
    path("<int:pk>/actions/new/", views.action_form, name="development-action-new"),
    path("<int:pk>/actions/<int:action_pk>/", views.action_form, name="development-action"),
    path("<int:pk>/actions/<int:action_pk>/remove/", views.action_remove, name="development-action-remove"),
    path("<int:pk>/actions/<int:action_pk>/tick/", views.action_tick, name="development-action-tick"),
    path("reviews/<int:pk>/", views.review, name="development-review"),
]
