import pytest
from django.urls import reverse

from assessments.models import Attempt, RegradeChange
from assessments.regrading.models import Regrade
from tests.assessments.regrading.conftest import again, carried_out, correct, take, tried
from trainingsite.people.access.roles import Role

pytestmark = pytest.mark.django_db
NEW = reverse("regrade-new")


@pytest.fixture
def hr(hire):
    return hire(Role.HR, locale="en", name="人力")


def shown(regrade):
    return reverse("regrade", args=[regrade.pk])


class TestNew:
    def test_begins_with_a_trial(self, as_, question, hr):
        answer = as_(hr).post(NEW, {"question": question.code, "way": "full"})

        regrade = Regrade.objects.get()
        assert answer.headers["Location"] == shown(regrade)
        assert (again(regrade).state, regrade.started_by) == ("checked", hr)

    @pytest.mark.parametrize(
        ("sent", "field"),
        [({"question": "nothing", "way": "full"}, "question"), ({"question": "wrong-key", "way": "magic"}, "way")],
    )
    def test_bad_input_is_said_at_its_field(self, as_, question, hr, sent, field):
        page = as_(hr).post(NEW, sent)

        assert (page.status_code, list(page.context["form"].errors), question.regrades.count()) == (422, [field], 0)


class TestDecision:
    @pytest.fixture
    def regrade(self, quiz, question, hr, hire):
        take(hire(name="王芳"), quiz, "a", "a")
        take(hire(name="李雷"), quiz, "b", "a")
        correct(question, "b")
        return tried(question, hr)

    def test_shows_who_changes_and_warns_of_who_would_lose(self, as_, hr, regrade):
        client = as_(hr)
        page = client.get(shown(regrade))

        def names(**query):
            found = client.get(shown(regrade), query).context["page"]
            return [change.attempt.person.name for change in found]

        counts = {"all": 2, "losing": 1, "winning": 1, "certified": 0}
        assert page.context["counts"] == counts
        assert "Nobody loses a pass unless you choose so here." in page.content.decode()
        assert [names(), names(what="losing"), names(what="winning"), names(q="wang"), names(what="certified")] == [
            ["李雷", "王芳"],
            ["王芳"],
            ["李雷"],
            ["王芳"],
            [],
        ]

    def test_who_changes_nobody_asks_for_no_decision(self, as_, question, quiz, hr, hire):
        take(hire(), quiz, "a", "a")
        regrade = tried(question, hr)
        page = as_(hr).get(shown(regrade))

        assert (page.context["form"], "No result would change" in page.content.decode()) == (None, True)
        as_(hr).post(reverse("regrade-discard", args=[regrade.pk]))
        assert Regrade.objects.get().state == "discarded"

    def test_is_carried_out_with_a_reason(self, as_, hr, regrade):
        client = as_(hr)
        missing = client.post(shown(regrade), {"reason": "", "on_loss": "keep"})
        client.post(shown(regrade), {"reason": "答案有误", "on_loss": "keep"})
        done = again(regrade)

        assert (missing.status_code, list(missing.context["form"].errors)) == (422, ["reason"])
        assert (done.state, done.reason) == ("done", "答案有误")
        assert sorted(Attempt.objects.values_list("score", "passed")) == [(50, True), (100, True)]
        assert "keeps the pass" in client.get(shown(done)).content.decode()

    def test_is_discarded(self, as_, hr, regrade):
        as_(hr).post(reverse("regrade-discard", args=[regrade.pk]))

        regrade.refresh_from_db()
        assert (regrade.state, RegradeChange.objects.count()) == ("discarded", 0)

    def test_auditor_reads_and_decides_nothing(self, as_, hire, regrade):
        auditor = as_(hire(Role.AUDITOR))
        page = auditor.post(shown(regrade), {"reason": "答案有误", "on_loss": "keep"})

        regrade.refresh_from_db()
        assert (page.context["form"], regrade.state) == (None, "checked")

    def test_is_exported_as_it_is_seen(self, as_, hr, regrade):
        answer = as_(hr).get(reverse("regrade-csv", args=[regrade.pk]), {"what": "losing"})

        rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
        assert [row.split(",")[0].strip('"') for row in rows] == ["person", "王芳"]

    def test_is_read_by_systems(self, rest, hr, regrade):
        before = rest("get", f"/api/v1/regrade-changes/?regrade={regrade.pk}").json()["results"]
        carried_out(regrade, hr)
        (row,) = rest("get", "/api/v1/regrades/?question=wrong-key").json()["results"]
        changes = rest("get", f"/api/v1/regrade-changes/?regrade={regrade.pk}").json()["results"]

        assert (before, row["state"], row["reason"], len(changes)) == ([], "done", "答案有误", 2)

    @pytest.mark.parametrize("rows", [1, 30])
    def test_takes_as_many_queries_for_one_as_for_thirty(
        self, as_, hr, hire, quiz, question, rows, django_assert_max_num_queries
    ):
        for _row in range(rows):
            take(hire(), quiz, "a", "a")
        correct(question, "b")
        regrade = tried(question, hr)
        client = as_(hr)
        client.get(shown(regrade))

        for path in (shown(regrade), reverse("regrades")):
            with django_assert_max_num_queries(9):
                client.get(path)
