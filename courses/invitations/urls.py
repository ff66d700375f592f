from django.urls import path

from courses.invitations import views

urlpatterns = [path("<int:pk>/answer/", views.session_answer, name="session-answer")]
