"""What each format says in its own way, and what it says that has no counterpart here."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from assessments.exchange.known import parse


def only(name, text):
    [draft] = parse(name, text.encode()).drafts
    return draft.entry


def notes(name, text):
    return [(row.whole, row.reason) for row in parse(name, text.encode()).unmapped]


@pytest.mark.parametrize(
    ("given", "kind", "content"),
    [
        ("{=a ~b}", "single", [("a", True), ("b", False)]),
        ("{~%50%a ~%50%b ~%-50%c}", "multiple", [("a", True), ("b", True), ("c", False)]),
        ("{=a ~%70%b ~%0%c}", "best_reply", [("a", 100), ("b", 70), ("c", 0)]),
        ("{T}", "true_false", [("true", True), ("false", False)]),
    ],
)
def test_choices_of_gift(given, kind, content):
    entry = only("gift", f"Q {given}")
    rows = entry["content"]["options"]
    assert entry["kind"] == kind
    assert [(row.get("text", row.get("id")), row.get("credit", row.get("correct"))) for row in rows] == content


@pytest.mark.parametrize(
    ("given", "rows"),
    [
        ("{#7}", [("7", "0", 100)]),
        ("{#7:0.5}", [("7", "0.5", 100)]),
        ("{#6..8}", [("7", "1", 100)]),
        ("{#=1822:0 =%50%1822:2}", [("1822", "0", 100), ("1822", "2", 50)]),
    ],
)
def test_numbers_of_gift(given, rows):
    answers = only("gift", f"Q {given}")["content"]["answers"]
    assert [(row["value"], row["tolerance"], row["credit"]) for row in answers] == rows


def test_the_text_of_gift_with_all_it_may_have():
    text = "// [id:pr-1] [tag:退货]\n$CATEGORY: $course$/top/售后/退货\n"
    text += "::标题::[html]<p>甲<b>乙</b>\\: \\{1\\}</p>{=a\\=b#对 =%50%c*####因为\\n所以}"
    entry = only("gift", text)
    assert entry == {
        "code": "pr-1",
        "category": "售后/退货",
        "tags": ["退货"],
        "kind": "short",
        "stem": "甲**乙**: {1}",
        "explanation": "因为\n所以",
        "content": {
            "answers": [{"text": "a=b", "credit": 100, "feedback": "对"}, {"text": "c*", "credit": 50}],
            "case": False,
        },
    }


def test_a_missing_word_of_gift_is_a_gap():
    content = only("gift", "::Q::运费由 {=买家 ~卖家} 承担。")["content"]
    assert content["text"] == "运费由 [[1]] 承担。"
    assert content["gaps"][0]["options"] == [{"text": "买家", "correct": True}, {"text": "卖家", "correct": False}]


def test_broken_questions_of_gift_are_named_by_their_line():
    parsed = parse("gift", "好 {=a}\n\n坏 {=a\n\n坏 {#x}\n\n坏 {=a} {=b}\n".encode())
    assert len(parsed.drafts) == 1
    assert [problem.place for problem in parsed.problems] == ["第 3 行", "第 5 行", "第 7 行"]


MOODLE = (
    '<quiz><question type="{}"><name><text>N</text></name><questiontext format="html">'
    "<text><![CDATA[{}]]></text></questiontext>{}</question></quiz>"
)


@pytest.mark.parametrize(
    "kind", ["description", "calculated", "calculatedmulti", "ddmarker", "ddimageortext", "random", "coderunner"]
)
def test_kinds_of_moodle_without_a_counterpart_are_left_out_with_a_reason(kind):
    [(whole, reason)] = notes("moodle", MOODLE.format(kind, "Q", ""))
    assert (whole, bool(reason)) == (True, True)


def test_embedded_answers_of_moodle_are_gaps():
    entry = only(
        "moodle",
        MOODLE.format("cloze", "<p>填一填</p><p>签收 {1:SA:=7~%50%七} 天,由 {2:MC:=买家~卖家#错} 付。</p>", ""),
    )
    assert (entry["kind"], entry["stem"], entry["content"]["text"]) == ("gaps", "填一填", "签收 [[1]] 天,由 [[2]] 付。")
    assert [gap["mode"] for gap in entry["content"]["gaps"]] == ["typed", "chosen"]


def test_words_dragged_into_a_text_are_chosen():
    boxes = "".join(f"<dragbox><text>{word}</text><group>1</group></dragbox>" for word in ("买家", "卖家"))
    entry = only("moodle", MOODLE.format("ddwtos", "由 [[2]] 付,[[1]] 收。", boxes))
    right = [[row["text"] for row in gap["options"] if row["correct"]] for gap in entry["content"]["gaps"]]
    assert (entry["content"]["text"], right) == ("由 [[1]] 付,[[2]] 收。", [["卖家"], ["买家"]])


def test_scripts_are_gone_and_that_is_said():
    html = '<p onclick="x()">甲<script>alert(1)</script><a href="javascript:x">乙</a></p>'
    parsed = parse("moodle", MOODLE.format("essay", html, "").encode())
    assert parsed.drafts[0].entry["stem"] == "甲乙"
    assert len(parsed.unmapped) == 1


def test_points_and_hints_of_moodle_are_said_to_stay_behind():
    more = "<defaultgrade>3</defaultgrade><hint><text>想一想</text></hint>"
    assert [whole for whole, _reason in notes("moodle", MOODLE.format("essay", "Q", more))] == [False, False]


def test_units_of_moodle_are_ours_the_other_way_round():
    more = '<answer fraction="100"><text>1</text><tolerance>0</tolerance></answer><unitgradingtype>1</unitgradingtype>'
    more += "<units><unit><multiplier>1</multiplier><unit_name>天</unit_name></unit>"
    more += "<unit><multiplier>24</multiplier><unit_name>小时</unit_name></unit></units>"
    content = only("moodle", MOODLE.format("numerical", "Q", more))["content"]
    assert [(unit["name"], unit["factor"][:6]) for unit in content["units"]] == [("天", "1"), ("小时", "0.0416")]
    assert content["unit"] == "required"


@pytest.mark.parametrize(
    "text", ["甲?\nA. 是\nB. 否\n", "甲?\nA. 是\nB. 否\nANSWER: C\n", "甲?\nA. 是\n乱\nANSWER: A\n", "ANSWER: A\n"]
)
def test_broken_questions_of_aiken_are_named(text):
    assert len(parse("aiken", text.encode()).problems) == 1


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_formulas_are_refused_with_their_cell():
    data = workbook(["题型", "题干", "选项1", "选项2", "答案"], ["单选", "甲?", "=A1&B1", "乙", "A"])
    assert [problem.place for problem in parse("excel", data).problems] == ["Sheet!C2"]


def test_faults_of_a_row_are_named_by_their_cell():
    data = workbook(
        ["题型", "题干", "选项1", "分值1", "答案", "难度"],
        ["选择", "甲?"],
        ["最佳回复", "乙?", "好", "很多"],
        ["判断", "丙。", "", "", "也许"],
    )
    assert [problem.place for problem in parse("excel", data).problems] == ["Sheet!A2", "Sheet!D3", "Sheet!E4"]


def test_columns_that_nobody_knows_are_named():
    data = workbook(["题型", "题干", "答案", "作者"], ["判断", "丙。", "对", "张三"])
    [row] = parse("excel", data).unmapped
    assert "作者" in row.reason


ITEM = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i-1" title="T">
<responseDeclaration identifier="RESPONSE" cardinality="{}" baseType="{}">{}</responseDeclaration>
<itemBody>{}</itemBody>{}</assessmentItem>"""
PAIR = "<correctResponse>{}</correctResponse>"


def test_pairs_of_one_list_become_two_and_that_is_said():
    choices = "".join(
        f'<simpleAssociableChoice identifier="{key}" matchMax="1">{key}</simpleAssociableChoice>' for key in "ABCDE"
    )
    body = f'<associateInteraction responseIdentifier="RESPONSE" maxAssociations="2">{choices}</associateInteraction>'
    text = ITEM.format("multiple", "pair", PAIR.format("<value>A D</value><value>B C</value>"), body, "")
    entry = only("qti2", text)
    assert [(row["text"], row["match"]) for row in entry["content"]["stems"]] == [("A", "D"), ("B", "C")]
    assert [whole for whole, _reason in notes("qti2", text)] == [False]


def test_numbers_of_qti_keep_their_tolerance():
    rules = """<responseProcessing><responseCondition><responseIf><equal toleranceMode="absolute" tolerance="0.5 0.5">
    <variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></equal><setOutcomeValue identifier="SCORE">
    <baseValue baseType="float">1</baseValue></setOutcomeValue></responseIf></responseCondition></responseProcessing>"""
    body = '<p>几天?</p><p><textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    entry = only("qti2", ITEM.format("single", "float", PAIR.format("<value>7</value>"), body, rules))
    assert (entry["kind"], entry["stem"]) == ("numerical", "几天?")
    assert entry["content"]["answers"] == [{"value": "7", "tolerance": "0.5", "credit": 100}]


@pytest.mark.parametrize("name", ["sliderInteraction", "drawingInteraction", "mediaInteraction", "hottextInteraction"])
def test_interactions_without_a_counterpart_are_left_out_with_a_reason(name):
    text = ITEM.format("single", "identifier", "", f'<{name} responseIdentifier="RESPONSE"/>', "")
    [(whole, reason)] = notes("qti2", text)
    assert whole
    assert name.lower() in reason


def test_an_item_that_does_not_say_what_is_right_is_left_out():
    option = '<simpleChoice identifier="A">a</simpleChoice>'
    body = f'<choiceInteraction responseIdentifier="RESPONSE">{option}</choiceInteraction>'
    assert [whole for whole, _reason in notes("qti2", ITEM.format("single", "identifier", "", body, ""))] == [True]
