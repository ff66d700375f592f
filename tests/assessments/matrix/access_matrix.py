"""Who gets through at the matrix, coverage and gaps."""

from tests.access.matrix import Row

WHO = "hr supervisor auditor"

ROWS = {
    "competency-matrix": Row(WHO),
    "competency-matrix-csv": Row(WHO),
    "competency-matrix-excel": Row(WHO),
    "competency-coverage": Row(WHO),
    # A file of a question that was not asked does not exist.
    "competency-coverage-csv": Row(WHO, got="404"),
    "competency-coverage-excel": Row(WHO, got="404"),
    "gaps": Row(WHO),
    "gaps-csv": Row(WHO),
    "GET /api/v1/competency-coverage/": Row("hr auditor api_client"),
}
