from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from assessments.models import Category, Certificate, Certification, Question, QuestionVersion, Quiz, QuizQuestion
from assessments.questions.models import Kind
from assessments.questions.types.choice import truth


def options(*texts: str, right: str = "a") -> list[dict[str, object]]:
    """Options a, b, c … with the texts; `right` names the right ones, as in "ac"."""
    return [{"id": key, "text": text, "correct": key in right} for key, text in zip("abcdefghij", texts, strict=False)]


class CategoryFactory(DjangoModelFactory):
    """A category of the given topic."""

    class Meta:
        model = Category

    title = factory.Sequence(lambda n: f"类别 {n}")


class QuestionFactory(DjangoModelFactory):
    """A single-choice question with its first version; `right`, `texts` and `stem` shape the wording."""

    class Meta:
        model = Question

    code = factory.Sequence(lambda n: f"q-{n:03}")
    kind = Kind.SINGLE
    difficulty = 2

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        wording = {
            "stem": kwargs.pop("stem", f"客户要求退货,怎么办?({kwargs['code']})"),
            "explanation": kwargs.pop("explanation", "签收七日内,商品完好,可以无理由退货。"),
        }
        given = kwargs.pop("content", None)
        texts, right = kwargs.pop("texts", ("同意", "拒绝", "转交主管", "不回复")), kwargs.pop("right", "a")
        question = super()._create(model_class, *args, **kwargs)
        shown = {"options": options(*texts, right=right)}
        content = given or (truth(right == "true") if question.kind == Kind.TRUE_FALSE else shown)
        question.current = QuestionVersion.objects.create(question=question, number=1, content=content, **wording)
        question.save()
        return question


class QuizFactory(DjangoModelFactory):
    class Meta:
        model = Quiz

    pass_mark = 60
    max_attempts = 3
    time_limit_minutes = 10
    shuffle = False
    shuffle_options = False


def put(quiz: Quiz, *questions: Question, points: int = 1) -> Quiz:
    """Put the questions into the quiz, in this order."""
    first = quiz.items.count()
    for position, question in enumerate(questions, start=first):
        QuizQuestion.objects.create(quiz=quiz, question=question, position=position, points=points)
    return quiz


class CertificationFactory(DjangoModelFactory):
    """A certification of the given courses."""

    class Meta:
        model = Certification

    code = factory.Sequence(lambda n: f"cert-{n}")
    title = "售后客服上岗认证"
    valid_months = 12

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        courses = kwargs.pop("courses", [])
        certification = super()._create(model_class, *args, **kwargs)
        certification.courses.set(courses)
        return certification


class CertificateFactory(DjangoModelFactory):
    """A certificate of Monday, 5 January 2026, valid for a year; give it a person and a certification."""

    class Meta:
        model = Certificate

    code = factory.Sequence(lambda n: f"CERT{n:06}")
    title = "售后客服上岗认证"
    person_name = factory.LazyAttribute(lambda certificate: certificate.person.name)
    score = Decimal("92.50")
    issued_on = date(2026, 1, 5)
    expires_on = date(2027, 1, 5)
