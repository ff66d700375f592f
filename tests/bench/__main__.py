"""`make bench`: 10,000 people on the embedded servers, every main page against a bare view in the same run.

Rates are of these machines and noisy; the ratio to the bare view is what compares. Nothing is asserted.
"""

import os
import sys
from pathlib import Path

from trainingsite.embedded.services import ensure, stop

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Start what is needed, load, measure, print, stop."""
    var_dir = Path(os.environ.get("BENCH_VAR_DIR", str(ROOT / "var" / "bench")))
    os.environ.update(VAR_DIR=str(var_dir), DEMO="true", DJANGO_SETTINGS_MODULE="trainingsite.settings")
    services = ensure(var_dir)
    os.environ.update(services.environ(), DJANGO_DB_ROLE="owner", LOG_LEVEL="WARNING")
    try:
        from tests.bench.runs import run

        run(var_dir, seconds=float(os.environ.get("BENCH_SECONDS", "3")))
    finally:
        stop(var_dir, only=services.started)
    return 0


if __name__ == "__main__":
    sys.exit(main())
