from django.urls import path

from trainingsite.core.styleguide.views import styleguide

urlpatterns = [path("", styleguide, name="styleguide")]
