"""What the tracked kinds of things are called, also those of higher apps: the trail is the only page that lists all."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import pgettext_lazy

from trainingsite.people.history.events import trails

KINDS = {
    "people.user": pgettext_lazy("history", "People"),
    "people.rolegrant": pgettext_lazy("history", "Roles"),
    "people.department": pgettext_lazy("history", "Departments"),
    "people.position": pgettext_lazy("history", "Positions"),
    "courses.topic": pgettext_lazy("history", "Topics"),
    "courses.course": pgettext_lazy("history", "Courses"),
    "courses.courseversion": pgettext_lazy("history", "Versions of courses"),
    "courses.unit": pgettext_lazy("history", "Units of courses"),
    "courses.recording": pgettext_lazy("history", "Recordings of units"),
    "courses.document": pgettext_lazy("history", "Documents of units"),
    "courses.prerequisite": pgettext_lazy("history", "Prerequisites of courses"),
    "courses.teaches": pgettext_lazy("history", "Competencies of courses"),
    "courses.competencygroup": pgettext_lazy("history", "Groups of competencies"),
    "courses.competency": pgettext_lazy("history", "Competencies"),
    "courses.competencylevel": pgettext_lazy("history", "Levels of competencies"),
    "courses.audience": pgettext_lazy("history", "Audiences"),
    "courses.programme": pgettext_lazy("history", "Programmes"),
    "courses.programmeversion": pgettext_lazy("history", "Versions of programmes"),
    "courses.stage": pgettext_lazy("history", "Stages of programmes"),
    "courses.item": pgettext_lazy("history", "Items of programmes"),
    "courses.participation": pgettext_lazy("history", "Participations in programmes"),
    "courses.assignment": pgettext_lazy("history", "Assignments"),
    "courses.dueexception": pgettext_lazy("history", "Exceptions to due dates"),
    "courses.refresher": pgettext_lazy("history", "Refreshers"),
    "courses.enrolment": pgettext_lazy("history", "Enrolments"),
    "courses.session": pgettext_lazy("history", "Sessions"),
    "courses.sessionplace": pgettext_lazy("history", "Places in sessions"),
    "courses.sessionmaterial": pgettext_lazy("history", "Materials of sessions"),
    "courses.sessionminutes": pgettext_lazy("history", "Minutes of sessions"),
    "courses.sessiontodo": pgettext_lazy("history", "To-dos of sessions"),
    "courses.feed": pgettext_lazy("history", "Addresses of calendars"),
    "courses.teaching": pgettext_lazy("history", "Instructors of sessions"),
    "courses.room": pgettext_lazy("history", "Rooms"),
    "courses.instructor": pgettext_lazy("history", "Instructors"),
    "courses.series": pgettext_lazy("history", "Series of sessions"),
    "courses.sessiontemplate": pgettext_lazy("history", "Templates of sessions"),
    "courses.rubric": pgettext_lazy("history", "Rubrics"),
    "courses.criterion": pgettext_lazy("history", "Criteria of rubrics"),
    "courses.band": pgettext_lazy("history", "Levels of criteria"),
    "courses.casebrief": pgettext_lazy("history", "Tasks of write-ups"),
    "courses.discussion": pgettext_lazy("history", "Discussions"),
    "courses.post": pgettext_lazy("history", "Posts"),
    "courses.checklist": pgettext_lazy("history", "Checklists"),
    "courses.checkitem": pgettext_lazy("history", "Items of checklists"),
    "courses.season": pgettext_lazy("history", "Peak seasons"),
    "courses.companyday": pgettext_lazy("history", "Company days"),
    "courses.trainingbudget": pgettext_lazy("history", "Training budgets"),
    "assessments.question": pgettext_lazy("history", "Questions"),
    "assessments.category": pgettext_lazy("history", "Categories of questions"),
    "assessments.quiz": pgettext_lazy("history", "Quizzes"),
    "assessments.quizquestion": pgettext_lazy("history", "Questions of quizzes"),
    "assessments.section": pgettext_lazy("history", "Sections of quizzes"),
    "assessments.override": pgettext_lazy("history", "Other terms at quizzes"),
    "assessments.team": pgettext_lazy("history", "Teams of markers"),
    "assessments.extraattempt": pgettext_lazy("history", "Extra attempts"),
    "assessments.survey": pgettext_lazy("history", "Surveys"),
    "assessments.surveyquestion": pgettext_lazy("history", "Questions of surveys"),
    "assessments.surveyunit": pgettext_lazy("history", "Surveys in courses"),
    "assessments.certification": pgettext_lazy("history", "Certifications"),
    "assessments.certificate": pgettext_lazy("history", "Certificates"),
    "mentoring.mentorprofile": pgettext_lazy("history", "Mentors"),
    "mentoring.mentorskill": pgettext_lazy("history", "Skills of mentors"),
    "mentoring.pairing": pgettext_lazy("history", "Pairings"),
    "mentoring.checkin": pgettext_lazy("history", "Check-ins"),
    "analytics.metric": pgettext_lazy("history", "Metrics"),
    "analytics.target": pgettext_lazy("history", "Targets"),
}


def kinds() -> list[tuple[str, Any]]:
    """The kinds whose trail is kept with their names, in the order of the navigation; unnamed ones at the end."""
    order = list(KINDS)
    kept = sorted(trails().items(), key=lambda kind: order.index(kind[0]) if kind[0] in KINDS else len(order))
    return [(key, KINDS.get(key) or capfirst(str(trail.pgh_tracked_model._meta.verbose_name))) for key, trail in kept]
