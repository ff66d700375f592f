"""One browser of the bench: a kept connection on 127.0.0.1 with a session and its token against forged posts."""

import socket
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.bench.clients import read_answer


@dataclass
class Said:
    status: int
    head: bytes
    body: bytes

    @property
    def location(self) -> str:
        line = next(row for row in self.head.split(b"\r\n") if row.lower().startswith(b"location:"))
        return line.split(b":", 1)[1].strip().decode()


class Browser:
    """Gets and posts as one logged-in person."""

    def __init__(self, port: int, cookie: str, token: str) -> None:
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.token = token
        self.common = f"Host: 127.0.0.1\r\nCookie: {cookie}; csrftoken={token}\r\n"

    def close(self) -> None:
        self.connection.close()

    def get(self, path: str) -> Said:
        return self._ask(f"GET {path} HTTP/1.1\r\n{self.common}\r\n".encode())

    def post(self, path: str, fields: dict[str, object] | None = None) -> Said:
        body = urlencode({"csrfmiddlewaretoken": self.token, **(fields or {})})
        head = f"POST {path} HTTP/1.1\r\n{self.common}Content-Type: application/x-www-form-urlencoded\r\n"
        return self._ask(f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode())

    def _ask(self, request: bytes) -> Said:
        self.connection.sendall(request)
        head, body = read_answer(self.connection)
        return Said(int(head.split(b" ", 2)[1]), head, body)
