from tests.access.matrix import Row

READERS = "hr auditor api_client"
ROWS = {
    "mentor-credit": Row("hr auditor"),
    "mentor-credit-csv": Row("hr auditor"),
    "mentor-credit-excel": Row("hr auditor"),
    "mentor-credit-person": Row("hr auditor", own=lambda w, _p: {"pk": w.people["mentor"].pk}),
    "my-credit": Row("mentor"),
    "GET /api/v1/mentor-credit/": Row(READERS),
}
