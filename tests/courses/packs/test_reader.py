import pytest

from courses.packs.reader import PackRefused, read_files

COURSE = "rules/returns/course.yaml"
TOPIC = "rules/topic.yaml"
LEVELS = "One of these is needed: basic, advanced, expert."
MINUTES = "A whole number from 1 to 600 is needed."
KIND = "There is no unit kind “riddle”."
ALIAS = "This is not YAML: aliases are not taken."
TWICE = "This is not YAML: “level” stands here twice."


def problems(files):
    with pytest.raises(PackRefused) as refusal:
        read_files(files)
    return [(problem.file, problem.place, problem.message) for problem in refusal.value.problems]


def test_sound_pack_is_read_whole(files):
    pack = read_files(files)

    (topic,) = pack.topics
    (course,) = topic.courses
    assert (pack.title, pack.version, topic.fields["position"], course.code) == ("内容包", "2026-03-02", 1, "returns")
    assert [(unit.slug, unit.fields["position"], unit.fields["body"]) for unit in course.units] == [
        ("rule", 1, "## 规则"),
        ("exceptions", 2, "## 例外"),
    ]


def test_folder_that_the_pack_does_not_list_is_passed_over(files):
    assert read_files({**files, "company/names.yaml": "[unknown: {"}) == read_files(files)


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("pack.yaml", "title: 内容包\n", "", ("pack.yaml", "title", "It is missing.")),
        ("pack.yaml", "zh-hans", "fr", ("pack.yaml", "language", "One of these is needed: zh-hans, zh-hant, en.")),
        ("pack.yaml", "[rules]", "[rules, rules]", ("pack.yaml", "topics", "“rules” stands here twice.")),
        ("pack.yaml", "[rules]", "[rules, talk]", ("talk/topic.yaml", "", "This file is missing.")),
        ("pack.yaml", "[rules]", "rules", ("pack.yaml", "topics", "A list is needed.")),
        (TOPIC, "icon", "icno", (TOPIC, "icno", "“icno” is not known here.")),
        (
            TOPIC,
            "slug: rules",
            "slug: other",
            (TOPIC, "slug", "It has to be the name of the folder, rules."),
        ),
        (TOPIC, "order: 1", "order: first", (TOPIC, "order", "A whole number from 0 to 1000 is needed.")),
        (COURSE, "level: basic", "level: wizard", (COURSE, "level", LEVELS)),
        (COURSE, "title: 七天无理由退货", "title: 2024", (COURSE, "title", "A text is needed.")),
        (COURSE, "{knowledge: [规则]}", "{wisdom: [规则]}", (COURSE, "objectives", "“wisdom” is not known here.")),
        (COURSE, "{knowledge: [规则]}", "{knowledge: [1]}", (COURSE, "objectives", "knowledge: 1: A text is needed.")),
        (COURSE, "minutes: 8", "minutes: 0", (COURSE, "units[1].minutes", MINUTES)),
        (COURSE, "minutes: 8", "minutes: true", (COURSE, "units[1].minutes", MINUTES)),
        (COURSE, "slug: exceptions", "slug: rule", (COURSE, "units.slug", "“rule” stands here twice.")),
        (COURSE, "title: 例外", "title: 规则", (COURSE, "units.title", "“规则” stands here twice.")),
        (COURSE, "01-rule.md", "1.md", (COURSE, "units[1].file", "There is no file 1.md.")),
        (COURSE, "01-rule.md", "../../pack.yaml", (COURSE, "units[1].file", "There is no file ../../pack.yaml.")),
        (COURSE, ", file: 01-rule.md", "", (COURSE, "units[1].file", "It is missing.")),
        (COURSE, "article, title: 规则", "riddle, title: 规则", (COURSE, "units[1].kind", KIND)),
        (COURSE, "file: 01-rule.md", "fiel: 01-rule.md", (COURSE, "units[1].fiel", "“fiel” is not known here.")),
        (COURSE, "code: returns", "code: other", (COURSE, "code", "It has to be the name of the folder, returns.")),
        (COURSE, "level: basic", "level: basic\nlevel: expert", (COURSE, "line 5", TWICE)),
        (COURSE, "summary: 会判断", "summary: &a 会\nlevel: *a", (COURSE, "line 4", ALIAS)),
    ],
)  # fmt: skip
def test_says_file_place_and_reason(files, file, old, new, problem):
    assert old in files[file]

    assert problem in problems({**files, file: files[file].replace(old, new)})


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("pack.yaml", "", "It is empty."),
        ("pack.yaml", "- a", "Names with values are needed."),
        (COURSE, "{", "This is not YAML"),
        (COURSE, "a: !!python/object/apply:os.system [ls]", "This is not YAML"),
        (COURSE, "? [a]\n: 1", "This is not YAML"),
        ("rules/returns/01-rule.md", "  ", "01-rule.md is empty."),
        ("rules/riddles.yaml", "[]", "Nobody knows what to do with this file."),
        ("rules/questions.yaml", "a: 1", "A list is needed."),
    ],
)
def test_broken_file_is_named(files, file, text, message):
    assert any(message in found for _file, _place, found in problems({**files, file: text}))


def test_every_problem_is_told_at_once(files):
    files[TOPIC] += "colour: red\n"
    files[COURSE] = files[COURSE].replace("basic", "wizard")
    files["pack.yaml"] = files["pack.yaml"].replace("[rules]", "[rules, talk]")
    files["talk/topic.yaml"] = "{"

    assert sorted({file for file, _place, _message in problems(files)}) == [*(COURSE, TOPIC, "talk/topic.yaml")]


def test_code_that_two_courses_share_is_named(files):
    files["pack.yaml"] = files["pack.yaml"].replace("[rules]", "[rules, talk]")
    files["talk/topic.yaml"] = "slug: talk\ntitle: 沟通\n"
    for name in ("course.yaml", "01-rule.md", "02-exceptions.md"):
        files[f"talk/returns/{name}"] = files[f"rules/returns/{name}"]

    assert ("talk/returns/course.yaml", "code", f"{COURSE} has the same code.") in problems(files)
