"""What moves to its new table when mentoring grows: skills by topic to competencies, a line of text to next steps."""

from typing import Any


def move(apps: Any, _schema_editor: Any) -> None:
    """A mentor strong in a topic guides in the competencies that its courses teach; next steps are the mentee's."""
    competency, teaches = apps.get_model("mentoring", "MentorCompetency"), apps.get_model("courses", "Teaches")
    for skill in apps.get_model("mentoring", "MentorSkill").objects.all():
        taught = teaches.objects.filter(course__topic=skill.topic_id).values_list("competency", flat=True).distinct()
        competency.objects.bulk_create(
            [competency(profile_id=skill.profile_id, competency_id=pk) for pk in taught], ignore_conflicts=True
        )
    step = apps.get_model("mentoring", "NextStep")
    held = apps.get_model("mentoring", "CheckIn").objects.exclude(next_step="")
    step.objects.bulk_create([step(checkin_id=row.pk, side="mentee", text=row.next_step) for row in held.iterator()])
