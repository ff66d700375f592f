from courses.invitations import letters, notices, panels
from courses.invitations.actions import ask_anew
from courses.invitations.models import Letter
from courses.sessions.published import TOLD
from trainingsite.notices.outboxes import OUTBOXES, Outbox

__all__ = ["notices", "panels"]  # they register kinds of notice, files of e-mails and parts of a session's page

OUTBOXES.register("letters", Outbox(Letter, letters.message, ("instructor", "session")))
TOLD.register("letters", letters.write_letters)
TOLD.register("answers", ask_anew)
