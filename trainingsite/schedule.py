"""What happens by itself, and when: beat's schedule, in the time zone of the company."""

from typing import Any

from celery.schedules import crontab

BEAT: dict[str, dict[str, Any]] = {
    "wake-jobs": {"task": "trainingsite.core.jobs.tasks.wake_waiting", "schedule": 60.0},
    "deliver-outbox": {"task": "trainingsite.notices.tasks.deliver_outbox", "schedule": 5.0},
    "close-left": {"task": "trainingsite.people.staff.tasks.close_left", "schedule": crontab(minute="1")},
    "open-refreshers": {"task": "courses.refreshers.tasks.open_due", "schedule": crontab(minute="*/5")},
    "remind-refreshers": {
        "task": "courses.refreshers.tasks.remind_due",
        "schedule": crontab(hour="8-20", minute="10,40"),
    },
    "look-after-seats": {"task": "courses.seats.tasks.look_after_seats", "schedule": crontab(minute="3-59/5")},
    "refresh-audiences": {
        "task": "courses.audiences.tasks.refresh_members",
        "schedule": crontab(hour="0,5", minute="20"),
    },
    "settle-programmes": {
        "task": "courses.programmes.tasks.settle_programmes",
        "schedule": crontab(hour="1", minute="10"),
    },
    "mark-overdue": {"task": "courses.enrolment.tasks.mark_overdue", "schedule": crontab(minute="5,35")},
    "send-reminders": {"task": "courses.enrolment.tasks.send_reminders", "schedule": crontab(hour="8", minute="0,30")},
    "close-attempts": {"task": "assessments.attempts.tasks.close_expired", "schedule": 30.0},
    "escalate-appeals": {"task": "assessments.appeals.tasks.escalate_appeals", "schedule": crontab(minute="25")},
    "remind-markers": {
        "task": "assessments.marking.tasks.remind_markers",
        "schedule": crontab(hour="9,14", minute="10"),
    },
    "forget-question-files": {
        "task": "assessments.exchange.tasks.forget_old_imports",
        "schedule": crontab(hour="4", minute="35"),
    },
    "count-statistics": {"task": "assessments.statistics.tasks.count_changed", "schedule": crontab(minute="*/5")},
    "count-all-statistics": {
        "task": "assessments.statistics.tasks.count_all",
        "schedule": crontab(hour="3", minute="40"),
    },
    "take-in-practice": {"task": "assessments.practice.tasks.take_in", "schedule": crontab(minute="2-59/5")},
    "sweep-levels": {"task": "assessments.ratings.tasks.sweep_levels", "schedule": crontab(minute="7", hour="0")},
    "reschedule-practice": {
        "task": "assessments.practice.tasks.reschedule",
        "schedule": crontab(hour="2", minute="20"),
    },
    "ask-session-feedback": {
        "task": "courses.session_papers.tasks.ask_feedback",
        "schedule": crontab(minute="3-59/10"),
    },
    "remind-surveys": {
        "task": "assessments.surveys.tasks.send_reminders",
        "schedule": crontab(hour="9", minute="0,30"),
    },
    "remind-checkins": {
        "task": "mentoring.checkins.tasks.send_reminders",
        "schedule": crontab(hour="8", minute="15,45"),
    },
    "apply-promotions": {"task": "mentoring.careers.tasks.apply_promotions", "schedule": crontab(minute="4")},
    "record-kpi-evidence": {
        "task": "analytics.competency_bands.tasks.record_kpi_evidence",
        "schedule": crontab(hour="4", minute="50"),
    },
    "tell-of-plan-weeks": {
        "task": "mentoring.job_plans.tasks.tell_of_plan_weeks",
        "schedule": crontab(hour="8", minute="5,35"),
    },
    "look-after-pairings": {
        "task": "mentoring.pairings.tasks.look_after_pairings",
        "schedule": crontab(hour="8", minute="10,40"),
    },
    "look-after-rotations": {
        "task": "mentoring.rotation.tasks.look_after_rotations",
        "schedule": crontab(hour="8", minute="25,55"),
    },
    "look-for-gone-mentors": {
        "task": "mentoring.matching.tasks.look_for_gone_mentors",
        "schedule": crontab(hour="7", minute="40"),
    },
    "remind-mentor-certificates": {
        "task": "mentoring.mentors.tasks.remind_of_certificates",
        "schedule": crontab(hour="8", minute="35"),
    },
    "remind-plan-reviews": {
        "task": "mentoring.development.tasks.remind_of_reviews",
        "schedule": crontab(hour="8", minute="20,50"),
    },
    "reckon-ramps": {"task": "mentoring.ramp.tasks.reckon_ramps", "schedule": crontab(hour="2", minute="50")},
    "refresh-rollups": {"task": "analytics.rollups.tasks.refresh", "schedule": 60.0},
}
