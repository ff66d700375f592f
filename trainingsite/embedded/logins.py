"""What the demo tells the person at the terminal once it is ready."""

from collections.abc import Mapping
from pathlib import Path

LOGINS = (
    ("hr", "人力 HR: plans, assigns, imports"),
    ("supervisor", "主管 supervisor: dashboards of the own department"),
    ("instructor", "讲师 instructor: rosters and attendance"),
    ("mentor", "导师 mentor: mentees and check-ins"),
    ("assessor", "考官 assessor: work waiting to be graded"),
    ("trainee", "学员 trainee: what to do today"),
    ("auditor", "审计 auditor: reads all, changes nothing"),
    ("admin", "管理员 admin: settings, access, integrations"),
)
DEMO_PASSWORD = "kefu-demo-2026"  # noqa: S105  # printed on purpose; a production start refuses it
DEMO_CLIENT_SECRET = "demo-secret"  # noqa: S105  # the same


def welcome(address: str, log_dir: Path, environ: Mapping[str, str]) -> str:
    """Return the address and the table of logins."""
    password = environ.get("DEMO_PASSWORD", DEMO_PASSWORD)
    secret = environ.get("DEMO_CLIENT_SECRET", DEMO_CLIENT_SECRET)
    rows = "\n".join(f"    {name:<12}{what}" for name, what in LOGINS)
    return f"""
客服学堂 Kefu Academy runs at {address}

  Log in with password {password} as
{rows}

  REST: documents at {address}/api/docs/, client demo-hr-sync with secret {secret}
  Logs: {log_dir}
  Ctrl-C stops everything.
"""
