"""What is measured: each main page and API call, and as whom."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    label: str
    path: str
    who: str  # a login of the bench company, or "client" for the REST client


PAGES = [
    Target("trainee's home", "/", "trainee"),
    Target("trainee's courses", "/learn/", "trainee"),
    Target("home, 200 courses open", "/", "busy"),
    Target("courses, 200 open", "/learn/", "busy"),
    Target("course outline", "/learn/{enrolment}/", "trainee"),
    Target("unit to read", "/learn/{enrolment}/units/{unit}/", "trainee"),
    Target("quiz result", "/attempts/{attempt}/", "trainee"),
    Target("supervisor's home", "/", "supervisor"),
    Target("supervisor's dashboard", "/dashboard/departments/{department}/", "supervisor"),
    Target("HR's home", "/", "hr"),
    Target("people, 10,000", "/people/", "hr"),
    Target("enrolments", "/enrolments/", "hr"),
    Target("question bank", "/questions/", "hr"),
    Target("programmes", "/programmes/", "hr"),
    Target("planning board", "/board/", "hr"),
    Target("mentor's home", "/", "mentor"),
    Target("mentoring board", "/mentoring/board/", "hr"),
    Target("ramp-up", "/mentoring/ramp/", "hr"),
    Target("API: people", "/api/v1/people/", "client"),
    Target("API: enrolments", "/api/v1/enrolments/", "client"),
    Target("API: certificates", "/api/v1/certificates/", "client"),
]
