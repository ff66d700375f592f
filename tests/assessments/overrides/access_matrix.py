from assessments.models import Override
from tests.access.matrix import Row
from tests.assessments.access_matrix import quiz_of

VIEW, GIVE, API = "hr supervisor auditor", "hr supervisor", "hr auditor api_client"


def override_of(who):
    def find(world, _person):
        given = {"person": who(world), "max_attempts": 5, "reason": "补考"}
        make = lambda: Override.objects.create(quiz=quiz_of(world), **given)  # noqa: E731 - made once a person
        return {"pk": world.make(f"override of {who(world).pk}", make).pk}

    return find


own, foreign = override_of(lambda world: world.agent), override_of(lambda world: world.stranger)

ROWS = {
    "overrides": Row(VIEW),
    "override": Row(VIEW, own=own, foreign=foreign, sees_foreign="hr auditor"),
    "override-new": Row(GIVE, methods="GET POST"),
    "override-edit": Row(GIVE, own=own, foreign=foreign, sees_foreign="hr", methods="GET POST"),
    "override-end": Row(GIVE, own=own, foreign=foreign, sees_foreign="hr", methods="POST"),
    "override-people": Row(GIVE),
    "GET /api/v1/quiz-overrides/": Row(API),
    "GET /api/v1/quiz-overrides/{pk}/": Row(API, own=own, foreign=foreign, sees_foreign=API),
    "POST /api/v1/quiz-overrides/": Row("hr api_client"),
    "DELETE /api/v1/quiz-overrides/{pk}/": Row("hr api_client", own=own, foreign=foreign, sees_foreign="hr api_client"),
}
