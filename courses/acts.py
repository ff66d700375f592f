"""Who may do what with courses."""

from trainingsite.people.access.acts import declare
from trainingsite.people.access.roles import Role

LEARN = declare("courses.learn", Role.TRAINEE)
VIEW_COURSES = declare(
    "courses.view", Role.HR, Role.INSTRUCTOR, Role.ASSESSOR, Role.SUPERVISOR, Role.MENTOR, Role.AUDITOR, Role.TRAINEE
)
EDIT_COURSES = declare("courses.edit", Role.HR, Role.INSTRUCTOR)
PUBLISH_COURSES = declare("courses.publish", Role.HR)
EDIT_TOPICS = declare("courses.edit_topics", Role.HR)
VIEW_COMPETENCIES = declare(
    *("courses.view_competencies", Role.HR, Role.INSTRUCTOR, Role.ASSESSOR, Role.SUPERVISOR, Role.MENTOR),
    *(Role.AUDITOR, Role.TRAINEE),
)
EDIT_COMPETENCIES = declare("courses.edit_competencies", Role.HR)
IMPORT_PACKS = declare("courses.import", Role.HR)
VIEW_PLANS = declare("courses.view_plans", Role.HR, Role.AUDITOR)
PLAN = declare("courses.plan", Role.HR)
ASSIGN = declare("courses.assign", Role.HR, Role.SUPERVISOR)
VIEW_ENROLMENTS = declare("courses.view_enrolments", Role.HR, Role.SUPERVISOR, Role.AUDITOR, Role.MENTOR)
READ_LEARNING = declare("courses.read", Role.API_CLIENT, Role.HR, Role.AUDITOR)
VIEW_SESSIONS = declare("courses.view_sessions", Role.HR, Role.AUDITOR, Role.INSTRUCTOR, Role.SUPERVISOR)
WRITE_SIGN_UPS = declare("courses.write_sign_ups", Role.API_CLIENT)
RUN_SESSIONS = declare("courses.run_sessions", Role.HR, Role.INSTRUCTOR)
WRITE_ATTENDANCE = declare("courses.write_attendance", Role.API_CLIENT, Role.HR)
SYNC_BUSY = declare("courses.sync_busy_times", Role.API_CLIENT, Role.HR)
TAKE_REPLIES = declare("courses.take_replies", Role.API_CLIENT)

_STAFF = (Role.HR, Role.INSTRUCTOR, Role.ASSESSOR, Role.SUPERVISOR, Role.MENTOR, Role.AUDITOR)
EDIT_RUBRICS = declare("courses.edit_rubrics", Role.HR, Role.INSTRUCTOR, Role.ASSESSOR)
GRADE = declare("courses.grade", Role.HR, Role.INSTRUCTOR, Role.ASSESSOR)
SEE_WRITE_UPS = declare("courses.see_write_ups", Role.TRAINEE, *_STAFF)
DISCUSS = declare("courses.discuss", Role.TRAINEE, *_STAFF)
SIGN_OFF = declare("courses.sign_off", Role.MENTOR, Role.SUPERVISOR, Role.INSTRUCTOR)
WRITE_SIGN_OFFS = declare("courses.write_sign_offs", Role.API_CLIENT)
