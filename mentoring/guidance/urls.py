from django.urls import path

from mentoring.guidance import views

urlpatterns = [path("rules/", views.guidance_rule, name="guidance-rule")]
