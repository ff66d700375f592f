from django.urls import path

from trainingsite.people.staff import views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/people.csv", views.people_csv, name="people-csv"),
    path("people/new/", views.edit_person, name="person-new"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/edit/", views.edit_person, name="person-edit"),
    path("people/<int:pk>/password/", views.set_password, name="person-password"),
]
