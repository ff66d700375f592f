from django.urls import path

from assessments.bank import shelf_views

urlpatterns = [
    path("questions/categories/", shelf_views.categories, name="categories"),
    path("questions/categories/new/", shelf_views.category_form, name="category-new"),
    path("questions/categories/<int:pk>/", shelf_views.category_form, name="category-edit"),
    path("questions/categories/<int:pk>/move/", shelf_views.category_shift, name="category-shift"),
    path("questions/categories/<int:pk>/delete/", shelf_views.category_delete, name="category-delete"),
    path("questions/tags/", shelf_views.tags, name="question-tags"),
    path("questions/tags/change/", shelf_views.tag_change, name="question-tag-change"),
]
