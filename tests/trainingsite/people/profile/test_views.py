def test_language_and_zone_are_kept_and_used(as_, hire):
    person = hire()
    client = as_(person)
    client.post("/profile/", {"locale": "en", "time_zone": "Asia/Tokyo"})
    answer = client.get("/profile/")

    person.refresh_from_db()
    assert (person.locale, person.time_zone, answer.headers["Content-Language"]) == ("en", "Asia/Tokyo", "en")
    assert '<h1 class="k-title">My profile</h1>' in answer.content.decode()


def test_unknown_zone_is_refused_at_the_field(as_, hire):
    answer = as_(hire()).post("/profile/", {"locale": "en", "time_zone": "Moon/Base"})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["time_zone"])


def test_new_password_ends_the_other_sessions(hire, client):
    from django.test import Client

    person = hire()
    person.set_password("before-2026")
    person.save()
    here, elsewhere = Client(), Client()
    for browser in (here, elsewhere):
        browser.force_login(person, backend="trainingsite.people.access.backend.PersonBackend")
    new = "after-2026-客服"
    here.post("/profile/password/", {"old_password": "before-2026", "new_password1": new, "new_password2": new})

    assert [browser.get("/profile/").status_code for browser in (here, elsewhere)] == [200, 302]


def test_wrong_old_password_changes_nothing(as_, hire):
    person = hire()
    person.set_password("before-2026")
    person.save()
    answer = as_(person).post(
        "/profile/password/", {"old_password": "guess", "new_password1": "after-2026", "new_password2": "after-2026"}
    )

    assert list(answer.context["form"].errors) == ["old_password"]
