from django.urls import path

from assessments.bank import bulk_views, shelf_views, twin_views

urlpatterns = [
    path("questions/bulk/", bulk_views.bulk, name="question-bulk"),
    path("questions/bulk/changes/", bulk_views.bulk_changes, name="bulk-changes"),
    path("questions/bulk/changes/<int:pk>/undo/", bulk_views.bulk_undo, name="bulk-undo"),
    path("questions/duplicates/", twin_views.question_twins, name="question-twins"),
    path("questions/duplicates/<int:one>/<int:other>/", twin_views.question_twin, name="question-twin"),
    path("questions/duplicates/<int:one>/<int:other>/merge/", twin_views.question_merge, name="question-merge"),
    path("questions/duplicates/<int:one>/<int:other>/unlike/", twin_views.question_unlike, name="question-unlike"),
    path("questions/categories/", shelf_views.categories, name="categories"),
    path("questions/categories/new/", shelf_views.category_form, name="category-new"),
    path("questions/categories/<int:pk>/", shelf_views.category_form, name="category-edit"),
    path("questions/categories/<int:pk>/move/", shelf_views.category_shift, name="category-shift"),
    path("questions/categories/<int:pk>/delete/", shelf_views.category_delete, name="category-delete"),
    path("questions/tags/", shelf_views.tags, name="question-tags"),
    path("questions/tags/change/", shelf_views.tag_change, name="question-tag-change"),
]
