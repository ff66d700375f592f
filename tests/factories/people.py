from datetime import date

import factory
from factory.django import DjangoModelFactory

from trainingsite.people.models import Department, Position, User


class DepartmentFactory(DjangoModelFactory):
    class Meta:
        model = Department

    name = factory.Sequence(lambda n: f"客服{n}组")
    external_id = factory.Sequence(lambda n: f"D-{n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        department = super()._create(model_class, *args, **kwargs)
        department.refresh_from_db()  # the database computes path and depth
        return department


class PositionFactory(DjangoModelFactory):
    class Meta:
        model = Position

    name = "售后客服"
    external_id = factory.Sequence(lambda n: f"P-{n}")


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"agent{n}")
    employee_number = factory.Sequence(lambda n: f"E{n:05}")
    external_id = factory.Sequence(lambda n: f"hr-{n}")
    name = "张伟"
    email = factory.LazyAttribute(lambda person: f"{person.username}@example.com")
    hired_on = date(2025, 3, 3)
