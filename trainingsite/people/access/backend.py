"""Who is logged in, and whether he or she may be."""

from django.contrib.auth.backends import ModelBackend

from trainingsite.people.access.carried import load_person
from trainingsite.people.models import User


class PersonBackend(ModelBackend):
    """Django's own; the person comes with everything that every page asks of him or her."""

    def get_user(self, user_id: int) -> User | None:
        person = load_person(user_id)
        return person if person is not None and self.user_can_authenticate(person) else None
