from django.urls import path

from courses.checklists import views

urlpatterns = [
    path("learn/<int:pk>/checklists/<int:unit_pk>/", views.learn_checklist, name="learn-checklist"),
    path("units/<int:pk>/checklist/", views.checklist_edit, name="checklist-edit"),
    path("sign-offs/", views.sign_offs, name="sign-offs"),
    path("sign-offs/<int:pk>/units/<int:unit_pk>/", views.sign_off, name="sign-off"),
    path("sign-offs/<int:pk>/items/<int:item_pk>/", views.sign_off_item, name="sign-off-item"),
    path("sign-offs/<int:pk>/undo/", views.sign_off_undo, name="sign-off-undo"),
]
