from importlib import import_module

from django.utils.translation import gettext_lazy as _

from assessments.acts import VIEW_QUESTIONS
from assessments.questions import proofs
from assessments.questions.exports import export_questions
from assessments.questions.imports import import_questions
from courses.packs.parts import TOPIC_PARTS, TopicPart
from trainingsite.core.navigation import Place, register

__all__ = ["proofs"]  # registers what proves a competency

KINDS = ("choice", "best_reply", "matching", "ordering", "gaps", "short", "numerical", "essay", "upload", "hotspot")
for kinds in (*KINDS, "typing_test", "case"):  # each registers its types
    import_module(f"assessments.questions.types.{kinds}")
TOPIC_PARTS.register("questions", TopicPart(import_questions, export_questions))
register(Place(_("Question bank"), "list-check", "questions", act=VIEW_QUESTIONS, section="assess", order=10))
