"""Where files are used: each feature that shows files says which of them a person sees because of it."""

from collections.abc import Callable

from django.db.models import Q

from trainingsite.core.registry import Registry
from trainingsite.people.models import User

USES: Registry[Callable[[User], Q]] = Registry("use of media")
