"""What Django's admin has stored, read from its SQLite file and never through the web, and what the tasks should store.

A check takes the tables before and after a run and answers None, or a sentence that says why the run is wrong. The
admin's own log is part of what is compared: something saved twice is noticed there even where the rows are the same.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from tasks.tables import ANYTHING, Change, Row, Tables, added, changed, read, removed, wrong

ADDED, CHANGED, DELETED = 1, 2, 3  # django.contrib.admin.models: ADDITION, CHANGE, DELETION


class Oracle:
    """The truth about one folder of `app.py`."""

    def __init__(self, directory: Path) -> None:
        self.database = directory / "db.sqlite3"

    def tables(self) -> Tables:
        """Everything but what logging in leaves behind."""
        return read(self.database, {"django_session", "auth_user.last_login", "sqlite_sequence"})

    def groups(self) -> list[str]:
        return sorted(str(row["name"]) for row in self.tables().all("auth_group"))

    def users(self) -> list[str]:
        return sorted(str(row["username"]) for row in self.tables().all("auth_user"))

    def user(self, username: str) -> Row:
        """All columns of the user; LookupError when there is none."""
        return self.tables().one("auth_user", username=username)

    def user_groups(self, username: str) -> list[str]:
        tables = self.tables()
        user = tables.one("auth_user", username=username)
        memberships = tables.where("auth_user_groups", user_id=user["id"])
        return sorted(str(tables.one("auth_group", id=row["group_id"])["name"]) for row in memberships)

    def group_permissions(self, group: str) -> list[str]:
        """The codenames of the permissions of the group."""
        tables = self.tables()
        granted = tables.where("auth_group_permissions", group_id=tables.one("auth_group", name=group)["id"])
        return sorted(str(tables.one("auth_permission", id=row["permission_id"])["codename"]) for row in granted)

    def history(self) -> list[tuple[int, str]]:
        """What was logged, oldest first: ADDED, CHANGED or DELETED, and the name of the thing."""
        return [
            (int(str(row["action_flag"])), str(row["object_repr"])) for row in self.tables().all("django_admin_log")
        ]

    def check_password(self, username: str, password: str) -> bool:
        return is_password(self.tables(), username, password)


def is_password(tables: Tables, username: str, password: str) -> bool:
    """Does the stored hash, PBKDF2 as Django writes it, belong to this password?"""
    algorithm, *parts = str(tables.one("auth_user", username=username)["password"]).split("$")
    if algorithm != "pbkdf2_sha256":
        return False
    rounds, salt, stored = parts
    digest = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), int(rounds))
    return base64.b64encode(digest).decode() == stored


def logged(flag: int, name: str) -> Change:
    """A wish: one more line of the admin's log."""
    return added("django_admin_log", action_flag=flag, object_repr=name)


# ── checks, by the names that the suite uses ──


def group_added(before: Tables, after: Tables, name: str) -> str | None:
    """One more group, without permissions."""
    return wrong(before, after, added("auth_group", name=name), logged(ADDED, name))


def user_added(before: Tables, after: Tables, username: str, password: str) -> str | None:
    """One more plain, active user who can log in with this password."""
    user = added("auth_user", username=username, is_active=1, is_staff=0, is_superuser=0)
    why = wrong(before, after, user, logged(ADDED, username))
    if why is None and not is_password(after, username, password):
        return f"The password of {username} is another one."
    return why


def user_changed(before: Tables, after: Tables, username: str, **columns: object) -> str | None:
    """These columns of the user have changed, in one save."""
    return wrong(before, after, changed("auth_user", {"username": username}, **columns), logged(CHANGED, username))


def user_deleted(before: Tables, after: Tables, username: str) -> str | None:
    """The user and the memberships of the user are gone."""
    number = before.one("auth_user", username=username)["id"]
    memberships = [
        removed("auth_user_groups", id=row["id"]) for row in before.where("auth_user_groups", user_id=number)
    ]
    return wrong(before, after, removed("auth_user", username=username), *memberships, logged(DELETED, username))


def groups_deleted(before: Tables, after: Tables, names: list[str]) -> str | None:
    """These groups, their permissions and their memberships are gone."""
    wishes = []
    for name in names:
        number = before.one("auth_group", name=name)["id"]
        wishes += [removed("auth_group", name=name), logged(DELETED, name)]
        for table in ("auth_user_groups", "auth_group_permissions"):
            wishes += [removed(table, id=row["id"]) for row in before.where(table, group_id=number)]
    return wrong(before, after, *wishes)


def permission_granted(before: Tables, after: Tables, group: str, codename: str) -> str | None:
    """The group has one more permission, this one."""
    granted = added(
        "auth_group_permissions",
        group_id=before.one("auth_group", name=group)["id"],
        permission_id=before.one("auth_permission", codename=codename)["id"],
    )
    return wrong(before, after, granted, logged(CHANGED, group))


def user_joined(before: Tables, after: Tables, username: str, group: str, **columns: object) -> str | None:
    """The user is in one more group, and these columns have changed in the same save."""
    user = before.one("auth_user", username=username)
    wishes = [added("auth_user_groups", user_id=user["id"], group_id=before.one("auth_group", name=group)["id"])]
    if columns:
        wishes.append(changed("auth_user", {"username": username}, **columns))
    return wrong(before, after, *wishes, logged(CHANGED, username))


def password_set(before: Tables, after: Tables, username: str, password: str) -> str | None:
    """The user has this password, and nothing else has changed."""
    user = changed("auth_user", {"username": username}, password=ANYTHING)
    why = wrong(before, after, user, logged(CHANGED, username))
    if why is None and not is_password(after, username, password):
        return f"The password of {username} is another one."
    return why
