"""The web server is killed while a trainee answers, and started again: nothing that was acknowledged is lost."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import expect

from assessments.attempts.actions import start
from tests.bench.servers import free_port
from tests.plugins.browser import DESK, _session
from trainingsite.core import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATIENCE = 60


class Web:
    """A real web server on a port, which can be killed and started again."""

    def __init__(self):
        self.port = free_port()
        self.process = None

    def start(self):
        command = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
        ]
        command += ["--workers", "1", "--no-ws", "--log-level", "warning", "trainingsite.wsgi:application"]
        told = {"DJANGO_SETTINGS_MODULE": "tests.real_settings", "TEST_DATABASE": connection.settings_dict["NAME"]}
        told |= {"VAR_DIR": str(settings.VAR_DIR)}
        self.process = subprocess.Popen(command, env={**os.environ, **told}, start_new_session=True)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                return socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                assert self.process.poll() is None, "the web server stopped at its start"
                time.sleep(0.2)
        raise AssertionError("the web server did not answer")

    def kill(self):
        """Without a farewell, with all its workers."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def web():
    server = Web()
    server.start()
    yield server
    server.kill()


def test_answers_outlive_the_web_server(web, enrolment, quiz, trainee, chromium):
    attempt = start(enrolment, quiz, at=clock.now())
    context = chromium.new_context(base_url=f"http://127.0.0.1:{web.port}", viewport=DESK, locale="zh-CN")
    context.set_default_timeout(30_000)
    address = f"http://127.0.0.1:{web.port}"
    context.add_cookies([{"name": "sessionid", "value": _session(trainee), "url": address}])
    page = context.new_page()
    page.goto(f"/attempts/{attempt.pk}/")
    state = page.locator("[data-state]")
    page.get_by_label("拒绝").first.check()
    expect(state).to_contain_text("已保存")
    web.kill()
    page.get_by_label("同意").first.check()
    expect(state).to_contain_text("未保存")
    page.get_by_role("button", name="下一题").click()
    page.locator(".a-question:visible input[type=checkbox]").first.check()
    assert [one.answer for one in attempt.responses.all()] == [["b"], None, None]
    web.start()
    expect(state).to_contain_text("已保存", timeout=40_000)
    assert [one.answer for one in attempt.responses.all()] == [["a"], ["a"], None]
    context.close()
