"""Say by the exit code whether this container's web server, worker or beat lives: `python deploy/probe.py web`.

It starts no Django: a probe that runs every few seconds has to be cheap.
"""

import os
import socket
import sys
import urllib.request

import redis

KEY = "kefu:heartbeats"  # trainingsite/core/health/heartbeats.py
LASTS_S = 20


def web_lives() -> bool:
    """Ask the web server of this container."""
    with urllib.request.urlopen("http://127.0.0.1:8000/health/live", timeout=3) as response:
        response.read()  # an answer that is an error raises
    return True


def part_lives(part: str) -> bool:
    """Look for a recent sign of life of this host's worker or beat."""
    with redis.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True, socket_timeout=3) as client:
        since = client.time()[0] - LASTS_S
        names = client.zrange(KEY, since, "+inf", byscore=True)
    return any(name.startswith(f"{part}:{socket.gethostname()}:") for name in names)


if __name__ == "__main__":
    sys.exit(0 if (web_lives() if sys.argv[1] == "web" else part_lives(sys.argv[1])) else 1)
