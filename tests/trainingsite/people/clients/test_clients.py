import pytest
from oauth2_provider.models import AccessToken, Application
from playwright.sync_api import expect

from trainingsite.core.errors import Refused
from trainingsite.people.access.roles import Role
from trainingsite.people.clients.actions import create_client, set_client_active
from trainingsite.people.models import User


@pytest.fixture
def admin(hire):
    return hire(Role.ADMIN, name="管理员")


def token_of(client, name, secret):
    asked = {"grant_type": "client_credentials", "client_id": name, "client_secret": secret}
    return client.post("/o/token/", asked)


def test_a_client_gets_a_token_by_its_secret_and_acts_as_its_account(client, admin):
    made, secret = create_client("hr-sync", by=admin)

    answer = token_of(client, "hr-sync", secret)

    assert answer.status_code == 200
    headers = {"authorization": f"Bearer {answer.json()['access_token']}"}
    assert client.get("/api/v1/departments/", headers=headers).status_code == 200
    assert (made.user.is_service, made.user.roles) == (True, {Role.API_CLIENT})
    assert made.client_secret != secret


def test_a_taken_name_is_refused_and_makes_nothing(admin):
    create_client("hr-sync", by=admin)

    with pytest.raises(Refused) as refusal:
        create_client("hr-sync", by=admin)

    assert (refusal.value.field, refusal.value.code) == ("client_id", "duplicate")
    assert Application.objects.count() == 1


def test_the_name_of_a_person_is_taken_too(admin):
    with pytest.raises(Refused):
        create_client(admin.username, by=admin)


def test_a_client_kept_out_loses_its_tokens_and_gets_no_new_access(client, admin):
    made, secret = create_client("hr-sync", by=admin)
    token = token_of(client, "hr-sync", secret).json()["access_token"]

    set_client_active(made, False, by=admin)
    set_client_active(made, False, by=admin)

    assert AccessToken.objects.count() == 0
    headers = {"authorization": f"Bearer {token}"}
    assert client.get("/api/v1/departments/", headers=headers).status_code == 401
    again = token_of(client, "hr-sync", secret).json()["access_token"]
    assert client.get("/api/v1/departments/", headers={"authorization": f"Bearer {again}"}).status_code == 401


def test_a_client_let_in_again_may_read(client, admin):
    made, secret = create_client("hr-sync", by=admin)
    set_client_active(made, False, by=admin)
    set_client_active(made, True, by=admin)

    token = token_of(client, "hr-sync", secret).json()["access_token"]

    headers = {"authorization": f"Bearer {token}"}
    assert client.get("/api/v1/departments/", headers=headers).status_code == 200


@pytest.mark.parametrize("name", ["", "HR Sync", "客户端", "-x-", "a" * 65])
def test_a_bad_name_is_told_at_the_field_and_makes_nothing(as_, admin, name):
    answer = as_(admin).post("/clients/", {"client_id": name})

    assert answer.status_code == 422
    assert "client_id" in answer.context["form"].errors
    assert Application.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_takes_as_many_queries_for_one_as_for_thirty(as_, admin, rows, django_assert_max_num_queries):
    for number in range(rows):
        create_client(f"client-{number}", by=admin)
    browser = as_(admin)

    with django_assert_max_num_queries(8):
        assert browser.get("/clients/").status_code == 200


@pytest.mark.browser
@pytest.mark.parametrize("phone", [False, True])
def test_the_administrator_makes_a_client_and_keeps_it_out(open_as, axe, admin, phone):
    page = open_as(admin, "/clients/", phone=phone)
    page.get_by_label("客户端名称").fill("hr-sync")
    page.get_by_role("button", name="创建客户端").click()
    expect(page.get_by_text("请立即复制密钥")).to_be_visible()
    assert len(page.locator("[data-secret]").inner_text()) >= 40
    assert axe(page) == []
    page.goto("/clients/")
    expect(page.locator("[data-secret]")).to_have_count(0)
    page.get_by_role("button", name="停用 hr-sync").click()
    expect(page.get_by_text("已停用", exact=True)).to_be_visible()
    assert not User.objects.get(username="hr-sync").is_active
