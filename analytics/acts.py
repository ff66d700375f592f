"""Who may do what with metrics, readings and dashboards."""

from trainingsite.people.access.acts import declare
from trainingsite.people.access.roles import Role

VIEW_DASHBOARDS = declare("dashboards.view", Role.HR, Role.SUPERVISOR, Role.AUDITOR)
REMIND = declare("dashboards.remind", Role.HR, Role.SUPERVISOR)
SUPERVISE = declare("dashboards.supervise", Role.SUPERVISOR)
OVERSEE = declare("dashboards.oversee", Role.HR, Role.AUDITOR)
VIEW_TARGETS = declare("targets.view", Role.HR, Role.SUPERVISOR, Role.AUDITOR)
SET_TARGETS = declare("targets.set", Role.HR)
UPLOAD_READINGS = declare("readings.upload", Role.HR)
WRITE_READINGS = declare("readings.write", Role.API_CLIENT, Role.HR)
READ_READINGS = declare("readings.read", Role.API_CLIENT, Role.HR, Role.AUDITOR)
EDIT_BANDS = declare("bands.edit", Role.HR)
VIEW_BANDS = declare("bands.view", Role.HR, Role.SUPERVISOR, Role.AUDITOR)
