from django.urls import path

from mentoring.job_plans import list_views, template_views, views

urlpatterns = [
    path("", list_views.job_plans, name="job-plans"),
    path("export/", list_views.export, name="job-plans-export"),
    path("mine/", views.my_job_plan, name="my-job-plan"),
    path("<int:pk>/", views.job_plan, name="job-plan"),
    path("<int:pk>/print/", views.print_plan, name="job-plan-print"),
    path("<int:pk>/tasks/new/", views.task_new, name="job-task-new"),
    path("tasks/<int:pk>/sign/", views.sign_task, name="job-task-sign"),
    path("tasks/<int:pk>/withdraw/", views.task_withdraw, name="job-task-withdraw"),
    path("tasks/<int:pk>/remove/", views.task_remove, name="job-task-remove"),
    path("templates/", template_views.templates, name="job-plan-templates"),
    path("templates/new/", template_views.template_form, name="job-plan-template-new"),
    path("templates/<int:pk>/", template_views.template, name="job-plan-template"),
    path("templates/<int:pk>/edit/", template_views.template_form, name="job-plan-template-edit"),
    path("templates/<int:pk>/copy/", template_views.template_copy, name="job-plan-template-copy"),
    path("templates/<int:pk>/retire/", template_views.template_retire, name="job-plan-template-retire"),
    path("templates/<int:pk>/order/", template_views.template_order, name="job-plan-template-order"),
    path("templates/<int:pk>/tasks/new/", template_views.template_task_new, name="template-task-new"),
    path("templates/tasks/<int:pk>/", template_views.template_task, name="template-task"),
    path("templates/tasks/<int:pk>/remove/", template_views.template_task_remove, name="template-task-remove"),
]
