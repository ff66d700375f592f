"""Who may do what with questions, quizzes, certificates and surveys."""

from trainingsite.people.access.acts import declare
from trainingsite.people.access.roles import Role

VIEW_QUESTIONS = declare("questions.view", Role.HR, Role.INSTRUCTOR, Role.ASSESSOR, Role.AUDITOR)
EDIT_QUESTIONS = declare("questions.edit", Role.HR, Role.INSTRUCTOR, Role.ASSESSOR)
TAKE_QUIZZES = declare("quizzes.take", Role.TRAINEE)
VIEW_RESULTS = declare("results.view", Role.HR, Role.SUPERVISOR, Role.MENTOR, Role.ASSESSOR, Role.AUDITOR)
VIEW_CERTIFICATIONS = declare("certifications.view", Role.HR, Role.SUPERVISOR, Role.AUDITOR, Role.TRAINEE)
EDIT_CERTIFICATIONS = declare("certifications.edit", Role.HR)
READ_CERTIFICATES = declare("certificates.read", Role.API_CLIENT, Role.HR, Role.AUDITOR)
VIEW_SURVEYS = declare("surveys.view", Role.HR, Role.AUDITOR)
EDIT_SURVEYS = declare("surveys.edit", Role.HR)
ANSWER_SURVEYS = declare("surveys.answer", Role.TRAINEE, Role.MENTOR, Role.SUPERVISOR, Role.INSTRUCTOR)
