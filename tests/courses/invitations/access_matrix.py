from tests.access.matrix import Row
from tests.courses.sessions.access_matrix import others, session

VIEWERS = "hr auditor supervisor instructor trainee mentor assessor"
ROWS = {
    "POST /api/v1/calendar-replies/": Row("api_client"),
    "session-answer": Row(VIEWERS, own=session, foreign=others, sees_foreign="hr auditor", methods="POST"),
}
