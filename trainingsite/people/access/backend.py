"""Who is logged in, loaded with what every page shows of the person."""

from django.contrib.auth.backends import ModelBackend

from trainingsite.people.models import User


class PersonBackend(ModelBackend):
    """Django's own; the department comes along, since the menu of every page names it."""

    def get_user(self, user_id: int) -> User | None:
        person = User.objects.select_related("department").filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None
