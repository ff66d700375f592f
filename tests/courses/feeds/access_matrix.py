from tests.access.matrix import Row
from tests.courses.sessions.access_matrix import others, session

VIEWERS = "hr auditor supervisor instructor trainee mentor assessor"
ROWS = {
    "calendar-feed": Row(VIEWERS),
    "calendar-feed-make": Row(VIEWERS, methods="POST"),
    "calendar-feed-revoke": Row(VIEWERS, methods="POST"),
    "feed": Row(public=True, own=lambda _world, _person: {"secret": "nobody-made-this"}, got="404"),
    "session-file": Row(VIEWERS, own=session, foreign=others, sees_foreign="hr auditor"),
}
