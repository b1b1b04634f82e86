"""The house is as its plan says: file map, settings, commands, glossary, sizes, SQL."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from core import model
from core.settings import Settings

ROOT = Path(__file__).parents[1]
LONGEST_MODULE = 300
LONGEST_SCREEN = 150
# Nothing but names in a row, nothing to be understood.
LISTS = {"core/model/__init__.py"}


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def tracked() -> list[str]:
    """Files of the project: what git holds or would, as paths from the root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("the tree is no git checkout")
    return sorted(name for name in listed.stdout.split("\0") if name and (ROOT / name).exists())


# --- README ---


def file_map() -> Iterator[str]:
    """Paths of README's file map; indentation by two is a folder deeper, folders end in a slash."""
    block = read("README.md").split("## File map", 1)[1].split("```", 2)[1]
    above: list[str] = []
    for line in block.strip("\n").splitlines():
        name = line.split()[0]
        depth = (len(line) - len(line.lstrip())) // 2
        above[depth:] = [name]
        yield "".join(above)


def test_every_path_in_the_file_map_is_in_the_tree() -> None:
    missing = [path for path in file_map() if not (ROOT / path).exists()]
    assert missing == []


def test_every_file_is_in_the_file_map_or_in_a_room_that_is() -> None:
    named = set(file_map())
    listed_one_by_one = {"", "core/", "pages/"}  # these list their files; a room is one line

    def is_mapped(path: str) -> bool:
        folder = f"{Path(path).parent}/".removeprefix("./")
        if path in named or Path(path).name in {"__init__.py", ".gitignore"}:
            return True
        return folder not in listed_one_by_one and any(
            path.startswith(room) for room in named if room.endswith("/") and room != "core/"
        )

    assert [path for path in tracked() if not is_mapped(path)] == []


# --- what the documents promise ---


def environment_names() -> list[str]:
    return [
        str(field.validation_alias or f"ONPOINT_{name.upper()}")
        for name, field in Settings.model_fields.items()
    ]


def test_every_setting_is_in_the_operations_guide_and_no_other() -> None:
    section = read("docs/operations.md").split("## Settings", 1)[1].split("\n## ", 1)[0]
    described = re.findall(r"^\| `([A-Z_]+)` \|", section, re.MULTILINE)
    assert sorted(described) == sorted(environment_names())


def commands(command: typer.core.TyperCommand, path: str) -> Iterator[str]:
    """Paths of all commands that do something: groups are walked, not named."""
    inner = getattr(command, "commands", None)
    if inner is None:
        yield path
        return
    for name, child in inner.items():
        if not child.hidden:
            yield from commands(child, f"{path} {name}")


def test_every_command_is_in_the_operations_guide_and_no_other() -> None:
    from core.cli import cli  # loads the whole application

    described = re.findall(r"^### `(onpoint [a-z ]+)`$", read("docs/operations.md"), re.MULTILINE)
    assert sorted(described) == sorted(commands(get_command(cli), "onpoint"))


def test_every_finding_of_the_doctor_is_in_the_operations_guide_and_no_other() -> None:
    section = read("docs/operations.md").split("### `onpoint doctor`", 1)[1].split("\n## ", 1)[0]
    named = re.findall(r'(?:subject=|_fatal\()\s*"(\w+)"', read("core/library/doctor.py"))
    assert set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == set(named)


def test_every_noun_of_the_model_is_in_the_glossary_and_no_other() -> None:
    nouns = {
        name
        for name, value in vars(model).items()
        if isinstance(value, type)
        and value.__module__.startswith(model.__name__)
        and (is_dataclass(value) or issubclass(value, Enum))
    }
    assert set(re.findall(r"`([A-Z]\w+)`", read("docs/glossary.md"))) == nouns


def test_links_between_the_documents_lead_somewhere() -> None:
    for path in [path for path in tracked() if path.endswith(".md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", read(path)):
            assert ((ROOT / path).parent / target).exists(), f"{path} links to {target}"


# --- what the code promises ---


@pytest.mark.parametrize(
    ("modules", "most"),
    [
        (r"core/.*\.py$|pages/parts/.*\.py$", LONGEST_MODULE),
        (r"pages/\w+\.py$|streamlit_app\.py$", LONGEST_SCREEN),
    ],
)
def test_modules_stay_short_enough_to_be_read_at_once(modules: str, most: int) -> None:
    paths = [path for path in tracked() if re.match(modules, path) and path not in LISTS]
    lengths = {path: read(path).count("\n") for path in paths}
    assert {path: lines for path, lines in lengths.items() if lines > most} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    nothing = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc", "core"}
    modules = [path for path in tracked() if path.startswith(("core/", "pages/"))]
    assert [path for path in modules if Path(path).stem in nothing] == []


SQL = [path for path in tracked() if path.endswith(".sql")]


@pytest.mark.parametrize("path", SQL)
def test_an_sql_file_begins_with_the_question_it_answers(path: str) -> None:
    first, _, rest = read(path).partition("\n")
    assert re.match(r"-- \S", first), "the first line is a comment"
    statements = [part for part in re.sub(r"--[^\n]*", "", rest).split(";") if part.strip()]
    one = path.startswith(("sql/queries/", "sql/checks/"))
    assert not one or len(statements) == 1, "one query a file"


def test_queries_are_named_by_a_verb_and_a_noun() -> None:
    names = [Path(path).stem for path in SQL if path.startswith(("sql/queries/", "sql/checks/"))]
    assert [name for name in names if not re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", name)] == []


def test_migrations_are_numbered_without_a_gap() -> None:
    names = [Path(path).name for path in SQL if path.startswith("sql/migrations/")]
    assert [name[:4] for name in names] == [f"{n:04d}" for n in range(1, len(names) + 1)]
    assert all(re.fullmatch(r"\d{4}_[a-z_]+\.sql", name) for name in names)


# Paths of one computer and hosts of package registries do not belong in a project. The words are
# put together here so that this file does not hold them.
FOREIGN = re.compile(
    "|".join(
        (
            r"/(?:home|Users|root|work)" + r"/\w",
            r"download\." + r"pytorch",
            r"(?:files\.python" + r"hosted|pypi)\." + r"(?:org|python)",
            r"https?://[\w.-]*" + r"(?:artifactory|nexus|devpi)",
        )
    )
)


def test_no_path_of_one_computer_and_no_registry_is_written_anywhere() -> None:
    found = [
        (path, match.group())
        for path in tracked()
        if Path(path).suffix in {".py", ".md", ".toml", ".txt", ".sql", ".css", ".js", ""}
        for match in FOREIGN.finditer((ROOT / path).read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []
