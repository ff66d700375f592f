"""Eight clients that ask for one page again and again, over kept connections, on 127.0.0.1."""

import socket
import threading
import time
from dataclasses import dataclass, field

CLIENTS = 8


@dataclass
class Load:
    """What a run saw: seconds of each answer, and how many were not 200."""

    seconds: float
    times: list[float] = field(default_factory=list)
    bad: int = 0

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.times) / self.seconds

    @property
    def p95(self) -> float:
        """Milliseconds within which 95 % of the answers came."""
        ordered = sorted(self.times)
        return 1000 * ordered[int(0.95 * (len(ordered) - 1))] if ordered else float("nan")


def _request(path: str, headers: dict[str, str]) -> bytes:
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def read_answer(connection: socket.socket) -> tuple[bytes, bytes]:
    """The head and the body of one answer."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = (row.split(b":")[1] for row in head.lower().split(b"\r\n") if row.startswith(b"content-length:"))
    length = int(next(lengths, b"0"))
    while len(body) < length:
        body += _more(connection)
    return head, body


def _answer(connection: socket.socket) -> bool:
    """Read one answer to its end; whether it was a 200."""
    head, _body = read_answer(connection)
    return b" 200 " in head.split(b"\r\n", 1)[0]


def _more(connection: socket.socket) -> bytes:
    part = connection.recv(262_144)
    if not part:
        raise ConnectionError("the server closed the connection")
    return part


def _client(port: int, request: bytes, until: float, load: Load) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while time.perf_counter() < until:
            begun = time.perf_counter()
            connection.sendall(request)
            load.bad += not _answer(connection)
            load.times.append(time.perf_counter() - begun)


def press(port: int, path: str, headers: dict[str, str], seconds: float) -> Load:
    """Let eight clients ask for `path` for some seconds."""
    load = Load(seconds)
    request = _request(path, headers)
    until = time.perf_counter() + seconds
    threads = [threading.Thread(target=_client, args=(port, request, until, load)) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return load
