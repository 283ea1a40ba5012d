"""Side effects are noticed: what was not asked for is as wrong as what is missing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tasks.tables import ANYTHING, Tables, added, changed, read, removed, wrong


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "some.sqlite3"
    change(path, "CREATE TABLE pet (id INTEGER PRIMARY KEY, name TEXT, age INTEGER); CREATE TABLE session (id TEXT)")
    change(path, "INSERT INTO pet (name, age) VALUES ('Rex', 3), ('Tom', 5)")
    return path


def change(path: Path, statements: str) -> Tables:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(statements)
    return read(path, {"session"})


def test_exactly_what_was_asked_is_right(database: Path) -> None:
    before = read(database, {"session"})
    after = change(
        database,
        "INSERT INTO pet (name, age) VALUES ('Ada', 1); DELETE FROM pet WHERE name = 'Rex';"
        "UPDATE pet SET age = 6 WHERE name = 'Tom'; INSERT INTO session VALUES ('left out')",
    )
    wishes = [added("pet", name="Ada"), removed("pet", name="Rex"), changed("pet", {"name": "Tom"}, age=6)]
    assert wrong(before, after, *wishes) is None
    assert wrong(before, after, *wishes[:2]) is not None
    assert wrong(before, after, *wishes, added("pet", name="Bea")) is not None


@pytest.mark.parametrize(
    ("statements", "why"),
    [
        pytest.param("", "did not come to a new row", id="nothing"),
        pytest.param("INSERT INTO pet (name) VALUES ('Ada'), ('Ada')", "Nobody asked for a new row", id="twice"),
        pytest.param("INSERT INTO pet (name) VALUES ('Eda')", "Nobody asked for a new row", id="another"),
        pytest.param(
            "INSERT INTO pet (name) VALUES ('Ada'); UPDATE pet SET age = 9 WHERE name = 'Tom'",
            "Nobody asked for a row of pet changed",
            id="something-else-too",
        ),
    ],
)
def test_anything_else_is_wrong_and_says_why(database: Path, statements: str, why: str) -> None:
    before = read(database, {"session"})
    assert why in str(wrong(before, change(database, statements), added("pet", name="Ada")))


def test_a_change_is_of_just_the_columns_that_were_asked_for(database: Path) -> None:
    before = read(database, {"session"})
    after = change(database, "UPDATE pet SET age = 6, name = 'Tim' WHERE name = 'Tom'")
    assert wrong(before, after, changed("pet", {"name": "Tom"}, age=6)) is not None
    assert wrong(before, after, changed("pet", {"name": "Tom"}, age=6, name=ANYTHING)) is None


def test_a_column_can_be_left_out(database: Path) -> None:
    before = read(database, {"pet.age"})
    change(database, "UPDATE pet SET age = 6")
    assert wrong(before, read(database, {"pet.age"})) is None


def test_the_only_row_is_found_or_it_is_an_error(database: Path) -> None:
    tables = read(database)
    assert tables.one("pet", name="Tom")["age"] == 5
    with pytest.raises(LookupError, match="0 rows"):
        tables.one("pet", name="Ada")
