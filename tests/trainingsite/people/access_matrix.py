"""Who gets through at the pages and operations of people and access."""

from tests.access.matrix import Row

ROWS = {
    "login": Row(public=True, methods="GET POST"),
    "logout": Row(public=True, methods="POST", got="login"),
    "set_language": Row(public=True, methods="POST"),
}
