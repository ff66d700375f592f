"""A review that somebody of the demo has handed in as a file."""

from datetime import datetime, timedelta
from typing import Any

import typst
from django.core.files.uploadedfile import SimpleUploadedFile

from assessments.answering.actions import keep_file
from assessments.attempts.actions import save_answer, start, submit
from assessments.attempts.models import Attempt
from assessments.quizzes.demo import FONTS
from assessments.quizzes.models import Quiz
from courses.models import Enrolment

MINUTE = timedelta(minutes=1)
PAGE = '#set page(paper: "a4", margin: 2.5cm)\n#set text(font: "Noto Sans SC", size: 11pt)\n#set par(leading: 1em)\n'


def hand_in(enrolment: Enrolment, quiz: Quiz, title: str, lines: list[str], *, at: datetime) -> Attempt:
    """One attempt at a quiz that asks for a file, with a page of these lines."""
    attempt = start(enrolment, quiz, at=at)
    answer = keep_file(attempt, 1, _page(title, lines), at=at + 2 * MINUTE)
    save_answer(attempt, 1, answer, 1, at=at + 3 * MINUTE)
    return submit(attempt, at=at + 4 * MINUTE)


def _page(title: str, lines: list[str]) -> SimpleUploadedFile:
    text = PAGE + f"= {title}\n\n" + "\n\n".join(lines)
    options: dict[str, Any] = {"format": "pdf", "font_paths": [FONTS], "ignore_system_fonts": True}
    drawn = bytes(typst.compile(text.encode(), **options))
    return SimpleUploadedFile(f"{title}.pdf", drawn, "application/pdf")
