"""The guard at every page."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from trainingsite.people.access import acts

if TYPE_CHECKING:  # the models import this package
    from trainingsite.people.staff.models import User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def allowed(act: str) -> Callable[[View[P]], View[P]]:
    """Let only people in who may do `act`: others get 403, the anonymous are led to the login page."""
    if act not in acts.ACTS:
        raise ValueError(f"act {act!r} is not declared")

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.may(act):  # type: ignore[union-attr]  # login_required has kept the anonymous out
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.act = act  # type: ignore[attr-defined]  # read by the test that walks every URL
        return cast("View[P]", login_required(guarded))

    return decorate


def me(request: HttpRequest) -> "User":
    """The logged-in person, typed; for views behind `allowed`."""
    return cast("User", request.user)
