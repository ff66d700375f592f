"""Who may do what with mentors, pairings and check-ins."""

from trainingsite.people.access.acts import declare
from trainingsite.people.access.roles import HUMAN, Role

VIEW_MENTORING = declare("mentoring.view", Role.HR, Role.SUPERVISOR, Role.AUDITOR)
EDIT_MENTORS = declare("mentoring.edit_mentors", Role.HR)
PAIR = declare("mentoring.pair", Role.HR, Role.SUPERVISOR)
VIEW_PAIRING = declare("mentoring.view_pairing", Role.HR, Role.SUPERVISOR, Role.AUDITOR, Role.MENTOR)
GUIDE = declare("mentoring.guide", Role.MENTOR)
HAVE_MENTOR = declare("mentoring.have_mentor", Role.TRAINEE)
READ_MENTORING = declare("mentoring.read", Role.API_CLIENT, Role.HR, Role.AUDITOR)
VIEW_CAREERS = declare("careers.view", *HUMAN)
EDIT_CAREERS = declare("careers.edit", Role.HR)
SEE_CAREERS = declare("careers.see", Role.TRAINEE, Role.HR, Role.SUPERVISOR, Role.MENTOR, Role.AUDITOR)
SEE_RESERVE = declare("reserve.see", Role.HR, Role.SUPERVISOR, Role.AUDITOR)
KEEP_RESERVE = declare("reserve.keep", Role.HR, Role.SUPERVISOR)
NOMINATE = declare("nominations.make", Role.HR, Role.SUPERVISOR)
SEE_NOMINATIONS = declare("nominations.see", Role.TRAINEE, Role.HR, Role.SUPERVISOR, Role.AUDITOR)
DECIDE_NOMINATIONS = declare("nominations.decide", Role.HR)
READ_CAREERS = declare("careers.read", Role.API_CLIENT, Role.HR, Role.AUDITOR)
VIEW_ROTATIONS = declare("rotations.view", *HUMAN)
OFFER_ROTATIONS = declare("rotations.offer", Role.HR)
APPLY_FOR_ROTATION = declare("rotations.apply", Role.TRAINEE)
DECIDE_ROTATIONS = declare("rotations.decide", Role.HR, Role.SUPERVISOR)
READ_ROTATIONS = declare("rotations.read", Role.API_CLIENT, Role.HR, Role.AUDITOR)
SEE_DEVELOPMENT = declare("development.see", Role.TRAINEE, Role.HR, Role.SUPERVISOR, Role.MENTOR, Role.AUDITOR)
PLAN_DEVELOPMENT = declare("development.plan", Role.TRAINEE, Role.HR, Role.SUPERVISOR)
READ_DEVELOPMENT = declare("development.read", Role.API_CLIENT, Role.HR, Role.AUDITOR)
