from django.urls import path

from assessments.ratings import rule_views, views

urlpatterns = [
    path("me/competencies/", views.my_competencies, name="my-competencies"),
    path("people/<int:pk>/competencies/", views.person_competencies, name="person-competencies"),
    path("people/<int:pk>/competencies/<int:competency_pk>/", views.competency_evidence, name="competency-evidence"),
    path("people/<int:pk>/competencies/<int:competency_pk>/assess/", views.assess, name="assess"),
    path("evidence/<int:pk>/void/", views.evidence_void, name="void-evidence"),
    path("rating-rules/", rule_views.rating_rules, name="rating-rules"),
    path("rating-rules/new/", rule_views.rating_rule_new, name="rating-rule-new"),
]
