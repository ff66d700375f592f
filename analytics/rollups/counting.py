"""How learning is counted; one piece of SQL for the monthly tables and for single people, so that both agree.

due, completed: enrolments whose due date has passed and lies in the month, and those of them that are completed; who
was withdrawn, or had left by then, does not count. tests: quizzes of an enrolment, in the month of their last attempt;
a test's result is its best attempt, so `passed` says passed in the end and `first_passed` at the first attempt.
trained: whole courses completed in the month.
"""

# {key}: what is counted by, an expression over `p`, the person. {who}: a condition on `p.id`.
# Parameters: months (first days), on (today), zone.
COUNTED = """
SELECT m.month, {key} AS key, c.topic_id, count(*) AS due, count(e.completed_at) AS completed,
       0 AS tests, 0 AS first_passed, 0 AS passed, 0::numeric AS score, 0 AS trained
FROM months AS m
JOIN courses_enrolment AS e ON e.due_on >= m.month AND e.due_on < m.next
JOIN courses_course AS c ON c.id = e.course_id
JOIN people_user AS p ON p.id = e.person_id
WHERE e.withdrawn_at IS NULL AND e.due_on < %(on)s AND (p.left_on IS NULL OR p.left_on > e.due_on) AND {who}
GROUP BY 1, 2, 3
UNION ALL
SELECT m.month, {key}, c.topic_id, 0, 0, 0, 0, 0, 0, count(*)
FROM months AS m
JOIN courses_enrolment AS e ON e.completed_at >= m.starts_at AND e.completed_at < m.ends_at
JOIN courses_course AS c ON c.id = e.course_id
JOIN people_user AS p ON p.id = e.person_id
WHERE e.scope = 'full' AND {who}
GROUP BY 1, 2, 3
UNION ALL
SELECT m.month, {key}, c.topic_id, 0, 0, count(*), count(*) FILTER (WHERE test.first_passed),
       count(*) FILTER (WHERE test.passed), sum(test.score), 0
FROM months AS m
JOIN assessments_attempt AS a ON a.submitted_at >= m.starts_at AND a.submitted_at < m.ends_at
JOIN assessments_quiz AS q ON q.id = a.quiz_id
JOIN courses_unit AS u ON u.id = q.unit_id
JOIN courses_course AS c ON c.id = u.course_id
JOIN people_user AS p ON p.id = a.person_id
CROSS JOIN LATERAL (
    SELECT bool_or(t.passed) FILTER (WHERE t.number = 1) AS first_passed, bool_or(t.passed) AS passed,
           max(t.score) AS score, max(t.number) AS last
    FROM assessments_attempt AS t
    WHERE t.enrolment_id = a.enrolment_id AND t.quiz_id = a.quiz_id AND t.state = 'graded'
) AS test
WHERE a.state = 'graded' AND a.number = test.last AND {who}
GROUP BY 1, 2, 3
"""
MONTHS = """
SELECT month, month + interval '1 month' AS next, month::timestamp AT TIME ZONE %(zone)s AS starts_at,
       (month + interval '1 month') AT TIME ZONE %(zone)s AS ends_at
FROM unnest(%(months)s::date[]) AS m(month)
"""
SUMS = "sum(due), sum(completed), sum(tests), sum(first_passed), sum(passed), sum(score), sum(trained)"
BY_DEPARTMENT = COUNTED.format(key="p.department_id", who="true")
SUM_LEARNING = f"""
WITH months AS ({MONTHS}), counted AS ({BY_DEPARTMENT})
INSERT INTO analytics_learningmonth
    (month, department_id, topic_id, due, completed, tests, first_passed, passed, score, trained)
SELECT month, key, topic_id, {SUMS} FROM counted GROUP BY month, key, topic_id
"""  # noqa: S608 - constants of this module
