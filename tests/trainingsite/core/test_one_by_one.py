from trainingsite.core.one_by_one import one_by_one


def test_what_fails_is_logged_and_holds_up_no_other(caplog):
    done = one_by_one([4, 0, 2], lambda number: 8 // number, what="number")

    assert done == 6
    assert [record.getMessage() for record in caplog.records] == ["number 0 failed and holds up no other"]
