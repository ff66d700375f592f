"""What there is to learn: the ready topics, a pack of courses, and one that is written here and reviewed."""

import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.walk.steps import fill, go, press

WRITTEN, CERTIFICATION = "客户信息怎么保护", "新人上岗认证"
# Topic: its title, the code of its course, the course's title.
PACK = {
    "platform-rules": ("平台规则与合规", "seven-day-return", "七天无理由退货"),
    "tools": ("工具与系统", "work-orders", "工单流转"),
    "product-knowledge": ("产品知识", "product-line-basics", "产品线入门"),
    "communication": ("沟通技巧", "customer-types", "四类客户"),
    "complaint-handling": ("投诉处理", "after-sale-disputes", "售后纠纷"),
    "emotion-and-stress": ("情绪与压力", "stress-and-regulation", "情绪急救"),
}


def take_topics(page: Page) -> None:
    go(page, "培训模块")
    press(page, "使用现成的模块")
    expect(page.locator(".f-tree").first).to_contain_text("平台规则")
    expect(page.locator(".f-tree").first).to_contain_text("数据分析")


def take_pack(page: Page, folder: Path) -> None:
    """Six courses of one lesson each, looked at before they are taken."""
    go(page, "课程")
    page.get_by_role("link", name="内容包", exact=True).click()
    page.locator("input[type=file]").set_input_files(_zipped(folder / "pack.zip"))
    press(page, "先预览变化")
    expect(page.get_by_role("heading", name="课程", exact=True)).to_be_visible()
    expect(page.locator("main")).to_contain_text("七天无理由退货")
    press(page, "确认导入")
    go(page, "课程")
    expect(page.locator("#courses")).to_contain_text("七天无理由退货")


def _zipped(path: Path) -> Path:
    files = {"pack.yaml": f"title: 新人内容包\nversion: 2026-03-02\nlanguage: zh-hans\ntopics: [{', '.join(PACK)}]\n"}
    for topic, (title, code, course) in PACK.items():
        unit = f"[{{slug: {code}-1, kind: article, title: 要点, minutes: 20, file: 01.md}}]"
        files[f"{topic}/topic.yaml"] = f"slug: {topic}\ntitle: {title}\n"
        files[f"{topic}/{code}/course.yaml"] = f"code: {code}\ntitle: {course}\nunits: {unit}\n"
        files[f"{topic}/{code}/01.md"] = f"## {course}\n\n先听客户说完，再按规则答复。\n"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def write_course(page: Page) -> None:
    """Whoever writes it cannot publish it, but sends it to review."""
    go(page, "课程")
    page.get_by_role("link", name="新建课程").first.click()
    fill(page, 名称=WRITTEN)
    page.get_by_label("培训模块").select_option(label="合规与数据保护")
    press(page, "保存并添加单元")
    page.get_by_role("link", name="添加图文").click()
    fill(page, 标题="三条底线", 分钟="15", 正文="## 三条底线\n\n不外传、不截屏、不私存。")
    press(page, "保存")
    press(page, "提交审核")
    page.get_by_label("更新内容").fill("新人第一周要学的底线")
    press(page.get_by_role("dialog"), "提交审核")
    expect(page.get_by_text("审核中 · 赵主管")).to_be_visible()


def publish_course(page: Page) -> None:
    """HR finds it on the first page."""
    page.goto("/")
    page.get_by_role("link", name=WRITTEN).first.click()
    expect(page.get_by_text("新人第一周要学的底线").first).to_be_visible()
    press(page, "发布")
    expect(page.get_by_text("已发布", exact=True).first).to_be_visible()


def make_certification(page: Page) -> None:
    go(page, "认证管理")
    page.get_by_role("link", name="新建认证").first.click()
    fill(page, 名称=CERTIFICATION)
    page.get_by_label("七天无理由退货").check()
    press(page, "保存")
    expect(page.get_by_text("还没有人持有")).to_be_visible()
