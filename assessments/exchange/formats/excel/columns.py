"""The columns of the sheet of questions, as people call them."""

from dataclasses import dataclass, field

PARTS = 12
FACTS = {
    "code": ("编号", "題目編號", "code"),
    "kind": ("题型", "題型", "kind"),
    "topic": ("培训模块", "培訓模組", "模块", "主题", "topic"),
    "category": ("类别", "類別", "分类", "category"),
    "tags": ("标签", "標籤", "tags"),
    "competency": ("能力", "能力项", "能力項", "competency"),
    "difficulty": ("难度", "難度", "difficulty"),
    "status": ("状态", "狀態", "status"),
    "language": ("语言", "語言", "language"),
    "source": ("出处", "出處", "source"),
    "stem": ("题干", "題幹", "stem"),
    "text": ("正文", "text"),
    "answer": ("答案", "answer"),
    "explanation": ("解析", "explanation"),
    "settings": ("设置", "設定", "settings"),
}
NUMBERED = {"part": ("选项", "選項", "part"), "value": ("分值", "value"), "feedback": ("反馈", "回饋", "feedback")}
KINDS = {
    "single": ("单选", "单选题", "單選"),
    "multiple": ("多选", "多选题", "多選"),
    "true_false": ("判断", "判断题", "判斷"),
    "best_reply": ("最佳回复", "最佳回覆"),
    "matching": ("匹配", "连线", "配對"),
    "ordering": ("排序",),
    "gaps": ("填空", "填空题"),
    "short": ("简答", "简答题", "簡答"),
    "numerical": ("数值", "计算", "數值"),
    "essay": ("问答", "论述", "問答"),
    "upload": ("上传", "上传文件", "上傳"),
    "typing": ("打字", "打字测试"),
}
STATUSES = {"draft": ("草稿",), "ready": ("可用", "就绪"), "retired": ("停用", "已停用")}
LEVELS = {"1": ("易", "简单", "容易"), "2": ("中", "中等"), "3": ("难", "困难")}
TRUE = {"对", "正确", "是", "√", "✓", "true", "t", "yes", "y", "1", "對", "正確"}
FALSE = {"错", "错误", "否", "×", "✗", "false", "f", "no", "n", "0", "錯", "錯誤"}

Part = tuple[int, str, str, str]  # its number, text, value and feedback


@dataclass
class Row:
    """One question of the sheet: its line, its cells by field, and where each stands."""

    line: int
    cells: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        return self.cells.get(name, "")

    def parts(self) -> list[Part]:
        """Each part that says something."""
        found = [
            (n, self.get(f"part{n}"), self.get(f"value{n}"), self.get(f"feedback{n}")) for n in range(1, PARTS + 1)
        ]
        return [row for row in found if row[1] or row[2]]


def named(word: str, names: dict[str, tuple[str, ...]]) -> str:
    """Our name of what the file calls by any of its words; the word itself when nobody knows it."""
    plain = word.strip().lower()
    return next((name for name, words in names.items() if plain in (name, *words)), plain)


def heading_of(text: str) -> str:
    """The field of a column, "" for one that is not known: 选项1 is part1."""
    plain = text.strip().strip("*").strip().lower().replace(" ", "")
    if plain in {word for words in FACTS.values() for word in words}:
        return named(plain, FACTS)
    word = plain.rstrip("0123456789")
    number = plain[len(word) :]
    name = named(word, NUMBERED)
    return f"{name}{int(number)}" if name in NUMBERED and number and 1 <= int(number[:3]) <= PARTS else ""


def headings() -> list[tuple[str, str]]:
    """Field and heading of every column, in their order."""
    facts = [(name, words[0]) for name, words in FACTS.items()]
    parts = [(f"{name}{n}", f"{words[0]}{n}") for n in range(1, PARTS + 1) for name, words in NUMBERED.items()]
    return facts + parts
