"""Who may do what with questions, quizzes, certificates and surveys."""

from trainingsite.people.access.acts import declare
from trainingsite.people.access.roles import HUMAN, Role

VIEW_QUESTIONS = declare("questions.view", Role.HR, Role.INSTRUCTOR, Role.ASSESSOR, Role.AUDITOR)
EDIT_QUESTIONS = declare("questions.edit", Role.HR, Role.INSTRUCTOR, Role.ASSESSOR)
READ_BANK = declare("questions.read", Role.API_CLIENT, Role.HR, Role.INSTRUCTOR, Role.ASSESSOR, Role.AUDITOR)
WRITE_BANK = declare("questions.write", Role.API_CLIENT, Role.HR)
TAKE_QUIZZES = declare("quizzes.take", Role.TRAINEE)
VIEW_RESULTS = declare("results.view", Role.HR, Role.SUPERVISOR, Role.MENTOR, Role.ASSESSOR, Role.AUDITOR)
SEE_ATTEMPTS = declare("attempts.see", Role.TRAINEE, Role.HR, Role.SUPERVISOR, Role.MENTOR, Role.ASSESSOR, Role.AUDITOR)
SEE_FILES = declare(
    *("answer_files.see", Role.TRAINEE, Role.HR, Role.SUPERVISOR, Role.MENTOR),
    *(Role.INSTRUCTOR, Role.ASSESSOR, Role.AUDITOR),
)
TRY_QUESTIONS = declare("questions.try", *HUMAN)
GRANT_ATTEMPTS = declare("attempts.grant", Role.HR, Role.SUPERVISOR)
VIEW_OVERRIDES = declare("overrides.view", Role.HR, Role.SUPERVISOR, Role.AUDITOR)
GIVE_OVERRIDES = declare("overrides.give", Role.HR, Role.SUPERVISOR)
READ_QUIZZES = declare("quizzes.read", Role.API_CLIENT, Role.HR, Role.AUDITOR)
WRITE_QUIZZES = declare("quizzes.write", Role.API_CLIENT, Role.HR)
READ_ATTEMPTS = declare("attempts.read", Role.API_CLIENT, Role.HR, Role.AUDITOR)
OWN_CERTIFICATES = declare("certificates.own", Role.TRAINEE)
SEE_CERTIFICATES = declare("certificates.see", Role.TRAINEE, Role.HR, Role.SUPERVISOR, Role.MENTOR, Role.AUDITOR)
VIEW_CERTIFICATIONS = declare("certifications.view", Role.HR, Role.SUPERVISOR, Role.AUDITOR)
EDIT_CERTIFICATIONS = declare("certifications.edit", Role.HR)
READ_CERTIFICATES = declare("certificates.read", Role.API_CLIENT, Role.HR, Role.AUDITOR)
VIEW_SURVEYS = declare("surveys.view", Role.HR, Role.AUDITOR)
EDIT_SURVEYS = declare("surveys.edit", Role.HR)
MARK = declare("responses.mark", Role.HR, Role.INSTRUCTOR, Role.ASSESSOR)
SET_MARKERS = declare("markers.set", Role.HR, Role.INSTRUCTOR)
REGRADE = declare("regrades.run", Role.HR)
VIEW_REGRADES = declare("regrades.view", Role.HR, Role.AUDITOR)
APPEAL = declare("appeals.make", Role.TRAINEE)
SEE_APPEALS = declare("appeals.see", Role.TRAINEE, Role.HR, Role.INSTRUCTOR, Role.ASSESSOR, Role.AUDITOR)
VIEW_STATISTICS = declare("statistics.view", Role.HR, Role.INSTRUCTOR, Role.ASSESSOR, Role.AUDITOR)
READ_STATISTICS = declare("statistics.read", Role.API_CLIENT, Role.HR, Role.AUDITOR)
SEE_ANALYSIS = declare("analysis.see", Role.TRAINEE, Role.HR, Role.SUPERVISOR, Role.MENTOR, Role.AUDITOR)
PRACTISE = declare("practice.do", Role.TRAINEE)
VIEW_RETENTION = declare("retention.view", Role.HR, Role.SUPERVISOR, Role.AUDITOR)
READ_PRACTICE = declare("practice.read", Role.API_CLIENT, Role.HR, Role.AUDITOR)
ANSWER_SURVEYS = declare("surveys.answer", *HUMAN)
