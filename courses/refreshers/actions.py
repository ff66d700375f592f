"""The acts of refreshers, where others look for them; each stands in the module of its kind.

`rules` make and pause what comes again, `byhand` changes single runs, `materialising`, `runs` and `reminding` are what
beat does.
"""

from courses.refreshers.byhand import move_run, run_now, skip, take_back_skip
from courses.refreshers.checks import MOST_DAYS
from courses.refreshers.materialising import materialise
from courses.refreshers.reminding import escalate_due, remind_due
from courses.refreshers.rules import Rule, pause, resume, save_rule, warnings_of
from courses.refreshers.runs import announce_due, beat, close_due, open_due

__all__ = [
    "MOST_DAYS",
    "Rule",
    "announce_due",
    "beat",
    "close_due",
    "escalate_due",
    "materialise",
    "move_run",
    "open_due",
    "pause",
    "remind_due",
    "resume",
    "run_now",
    "save_rule",
    "skip",
    "take_back_skip",
    "warnings_of",
]
