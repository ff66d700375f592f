from django.urls import path, register_converter

from courses.media import views
from courses.media.models import SHORT


class Key:
    """The beginning of a file's SHA-256."""

    regex = f"[0-9a-f]{{{SHORT}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Key, "media_key")

urlpatterns = [
    path("media/", views.media_list, name="media"),
    path("media/pictures/", views.pictures, name="media-pictures"),
    path("media/upload/", views.upload, name="media-upload"),
    path("media/<media_key:key>/", views.media_file, name="media-file"),
]
