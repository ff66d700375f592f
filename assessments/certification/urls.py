from django.urls import path

from assessments.certification import views

urlpatterns = [
    path("certifications/", views.certifications, name="certifications"),
    path("certifications/new/", views.certification_edit, name="certification-new"),
    path("certifications/<int:pk>/", views.certification, name="certification"),
    path("certifications/<int:pk>/export/", views.certification_csv, name="certification-csv"),
    path("certifications/<int:pk>/edit/", views.certification_edit, name="certification-edit"),
    path("certifications/<int:pk>/archive/", views.certification_archive, name="certification-archive"),
    path("certificates/", views.my_certificates, name="my-certificates"),
    path("certificates/<int:pk>/pdf/", views.certificate_pdf, name="certificate-pdf"),
    path("certificates/<int:pk>/revoke/", views.certificate_revoke, name="certificate-revoke"),
    path("verify/", views.verify, name="verify"),
    path("verify/<str:code>/", views.verify, name="verify-certificate"),
]
