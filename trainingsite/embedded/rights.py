"""PostgreSQL refuses to run as root: as root, its programs run as a system user of their own."""

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

SYSTEM_USER = "kefu-postgres"


def run_as() -> dict[str, Any]:
    """Return the arguments for `subprocess` that drop root's rights; none when we are not root."""
    if os.geteuid() != 0:
        return {}
    entry = _system_user()
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def hand_over(folder: Path) -> None:
    """Give `folder` to the user PostgreSQL runs as, and let that user walk down to it."""
    if os.geteuid() != 0:
        return
    entry = _system_user()
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    let_through(folder)


def let_through(path: Path) -> None:
    """Allow every user to pass (not to list) the folders above `path`."""
    if os.geteuid() != 0:
        return
    for folder in path.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)


def _system_user() -> pwd.struct_passwd:
    """Return the user, made on first need; `nobody` where users cannot be made."""
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    if useradd := shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin"):
        command = [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
        subprocess.run(command, check=False, capture_output=True)  # two at once: the second one finds it made
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        return pwd.getpwnam("nobody")
