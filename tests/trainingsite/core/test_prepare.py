"""`manage.py prepare`: refused to the application's role, and quick where nothing changed."""

import os
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from trainingsite.core.management.commands import prepare
from trainingsite.embedded import demo


@pytest.fixture
def catalogue(tmp_path: Path, settings: Any) -> Path:
    """The only catalogue there is; its translation was compiled."""
    folder = tmp_path / "core" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    for name in ("django.po", "django.mo"):
        (folder / name).write_text("")
        os.utime(folder / name, (1_000, 1_000))
    settings.LOCALE_PATHS = [tmp_path / "core"]
    return folder / "django.po"


def test_application_role_is_refused(settings: Any) -> None:
    settings.AS_OWNER = False
    with pytest.raises(CommandError, match="DJANGO_DB_ROLE=owner"):
        call_command("prepare")


def test_compiled_translation_is_left_alone(catalogue: Path) -> None:
    assert prepare.stale_catalogues() == []
    os.utime(catalogue, (2_000, 2_000))
    assert prepare.stale_catalogues() == [catalogue]
    catalogue.with_suffix(".mo").unlink()
    assert prepare.stale_catalogues() == [catalogue]


def test_static_files_are_collected_once_and_again_after_a_change(tmp_path: Path, settings: Any) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("a {}")
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    command = prepare.Command(stdout=StringIO())
    states = []
    for content in ("a {}", "a {}", "a { color: red }"):
        if (source / "a.css").read_text() != content:
            (source / "a.css").write_text(content)
        command._collect()
        states.append((tmp_path / "static.stamp").read_text())
    assert states[0] == states[1] != states[2]
    assert command.stdout._out.getvalue() == "Static files collected.\n" * 2


def test_demo_and_prepare_mean_the_same_by_empty() -> None:
    assert demo.EMPTY == prepare.EMPTY
