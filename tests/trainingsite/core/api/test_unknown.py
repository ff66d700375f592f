"""A path that does not exist answers as the rest of the API does."""

import pytest

MISSING = {"type": "client_error", "errors": [{"code": "not_found", "detail": "Not found.", "attr": None}]}


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
@pytest.mark.parametrize("path", ["/api/v1/nothing/", "/api/v1/people/7/nothing/", "/api/v2/"])
def test_unknown_path_answers_json(client, db, method, path):
    answer = getattr(client, method)(path, headers={"Accept-Language": "en"})

    assert (answer.status_code, answer.json()) == (404, MISSING)


def test_missing_slash_still_leads_to_the_operation(client, db):
    assert client.get("/api/v1/people")["Location"] == "/api/v1/people/"
