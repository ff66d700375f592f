"""Who leads whom: managers up the whole line, and supervisors of the department or of one above it."""

from collections.abc import Collection

from django.db import connection

LEADERS = """
WITH RECURSIVE above (person, manager) AS (
    SELECT id, manager_id FROM people_user WHERE id = ANY(%(people)s) AND manager_id IS NOT NULL
    UNION
    SELECT above.person, next.manager_id FROM above JOIN people_user next ON next.id = above.manager
    WHERE next.manager_id IS NOT NULL
)
SELECT person, manager FROM above WHERE person <> manager
UNION
SELECT person.id, held.user_id FROM people_user person
JOIN people_department own ON own.id = person.department_id
JOIN people_department led ON starts_with(own.path, led.path)
JOIN people_rolegrant held ON held.department_id = led.id AND held.role = 'supervisor'
WHERE person.id = ANY(%(people)s) AND held.user_id <> person.id
"""


def leaders_of(people: Collection[int]) -> set[tuple[int, int]]:
    """Pairs of a person and somebody who leads him or her, for all of these people in one query."""
    with connection.cursor() as cursor:
        cursor.execute(LEADERS, {"people": list(people)})
        return {(person, leader) for person, leader in cursor.fetchall()}
