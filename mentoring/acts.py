"""Who may do what with mentors, pairings and check-ins."""

from trainingsite.people.access.acts import declare
from trainingsite.people.access.roles import Role

VIEW_MENTORING = declare("mentoring.view", Role.HR, Role.SUPERVISOR, Role.AUDITOR)
EDIT_MENTORS = declare("mentoring.edit_mentors", Role.HR)
PAIR = declare("mentoring.pair", Role.HR, Role.SUPERVISOR)
VIEW_PAIRING = declare("mentoring.view_pairing", Role.HR, Role.SUPERVISOR, Role.AUDITOR, Role.MENTOR)
GUIDE = declare("mentoring.guide", Role.MENTOR)
HAVE_MENTOR = declare("mentoring.have_mentor", Role.TRAINEE)
READ_MENTORING = declare("mentoring.read", Role.API_CLIENT, Role.HR, Role.AUDITOR)
