from tests.access.matrix import Row
from tests.mentoring.access_matrix import foreign_pairing, own_pairing

ROWS = {
    "pairings-board": Row("hr supervisor auditor"),
    "pairings-board-csv": Row("hr supervisor auditor"),
    "pairings-board-excel": Row("hr supervisor auditor"),
    "pairing-remind": Row(
        "hr supervisor",
        own=lambda w, _p: {"pk": own_pairing(w).pk},
        foreign=lambda w, _p: {"pk": foreign_pairing(w).pk},
        sees_foreign="hr",
        methods="POST",
    ),
}
