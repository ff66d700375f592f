from courses.media.uses import USES
from courses.session_papers import notices
from courses.session_papers.shown import feedback, files_shown, papers
from courses.sessions.panels_of import SESSION_PANELS, SessionPanel

__all__ = ["notices"]  # registers kinds of notice

USES.register("session_papers", files_shown)
SESSION_PANELS.register(
    "papers", SessionPanel(30, "courses/session_papers/_panel.html", papers, styles=("css/attendance.css",))
)
SESSION_PANELS.register("feedback", SessionPanel(32, "courses/session_papers/_feedback.html", feedback))
