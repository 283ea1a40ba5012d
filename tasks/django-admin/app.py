"""Django's own admin, unchanged, as one program on one SQLite file: an application that we did not write.

    python tasks/django-admin/app.py --dir DIR [--port 0] [--password secret] [--seed none|demo] [--prepare]

The folder holds everything: `db.sqlite3`. It is made when it is missing (migrations, the superuser `admin`, the seed)
and left as it is otherwise. When the port is open one line says so on stdout: `READY http://127.0.0.1:PORT/admin/`.
With `--prepare` the folder is filled and nothing is served. The seed is fixed data: the same rows at every start.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

import django
from django.conf import settings
from django.contrib import admin
from django.core.management import call_command
from django.urls import path

LONG_AGO = datetime(2025, 1, 15, 9, 30, tzinfo=UTC)

# group: codenames of its permissions
DEMO_GROUPS: dict[str, tuple[str, ...]] = {
    "Interns": (),
    "Old staff": (),
    "Reviewers": ("view_user", "view_group"),
    "Translators": ("view_group",),
    "Writers": ("view_user",),
}

DEMO_PASSWORD = "demo password"

# username, first name, last name, staff, active, groups
DEMO_USERS: tuple[tuple[str, str, str, bool, bool, tuple[str, ...]], ...] = (
    ("alice", "", "", True, True, ("Writers",)),
    ("bob", "Bob", "Brown", False, True, ()),
    ("carol", "Carol", "Clark", True, True, ("Reviewers", "Writers")),
    ("dave", "Dave", "Dunn", False, False, ("Translators",)),
    ("erin", "Erin", "Evans", False, True, ("Writers",)),
    ("frank", "Frank", "Fisher", False, True, ("Interns",)),
    ("grace", "Grace", "Green", True, False, ()),
)


def configure(directory: Path) -> None:
    """Set Django up on `directory`/db.sqlite3; once per process."""
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1", "localhost"],
        AUTH_PASSWORD_VALIDATORS=[
            {"NAME": f"django.contrib.auth.password_validation.{name}"}
            for name in (
                "UserAttributeSimilarityValidator",
                "MinimumLengthValidator",
                "CommonPasswordValidator",
                "NumericPasswordValidator",
            )
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": directory / "db.sqlite3",
                "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE"},
            }
        },
        DEBUG=True,  # only so that the development server hands out the static files
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=[
            "django.contrib.admin",
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "django.contrib.staticfiles",
        ],
        LANGUAGE_CODE="en-us",
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        SECRET_KEY="for tests on the loopback interface only",
        STATIC_URL="/static/",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        TIME_ZONE="UTC",
        USE_TZ=True,
    )
    django.setup()
    settings.ROOT_URLCONF = (path("admin/", admin.site.urls),)  # admin.site exists only now


def prepare(password: str, seed: str) -> None:
    """Make the tables, the superuser `admin` and the seed."""
    from django.contrib.auth.models import User

    call_command("migrate", verbosity=0)
    User.objects.create_superuser("admin", "admin@example.com", password, date_joined=LONG_AGO)
    if seed == "demo":
        seed_demo()


def seed_demo() -> None:
    """Five groups and seven users who share one password, hashed once."""
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import Group, Permission, User

    password = make_password(DEMO_PASSWORD, salt="demo")

    for name, codenames in DEMO_GROUPS.items():
        Group.objects.create(name=name).permissions.set(Permission.objects.filter(codename__in=codenames))
    for username, first, last, staff, active, groups in DEMO_USERS:
        user = User.objects.create(
            username=username,
            email=f"{username}@example.com",
            password=password,
            first_name=first,
            last_name=last,
            is_staff=staff,
            is_active=active,
            date_joined=LONG_AGO,
        )
        user.groups.set(Group.objects.filter(name__in=groups))


def serve(port: int) -> None:
    """Answer on the loopback interface until the process is told to end."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    with ThreadedWSGIServer(("127.0.0.1", port), WSGIRequestHandler) as server:
        server.daemon_threads = True
        server.set_app(StaticFilesHandler(get_wsgi_application()))
        print(f"READY http://127.0.0.1:{server.server_port}/admin/", flush=True)
        server.serve_forever()


def main() -> None:
    options = argparse.ArgumentParser(description="Django's admin on SQLite, on the loopback interface")
    options.add_argument("--dir", type=Path, required=True, help="the folder of db.sqlite3; made when missing")
    options.add_argument("--port", type=int, default=0, help="0: a free one")
    options.add_argument("--password", default="secret", help="of the superuser admin, when the folder is made")
    options.add_argument("--seed", choices=("none", "demo"), default="none", help="the rows, when the folder is made")
    options.add_argument("--prepare", action="store_true", help="make the folder, then leave")
    given = options.parse_args()
    directory: Path = given.dir.resolve()
    directory.mkdir(parents=True, exist_ok=True)
    is_new = not (directory / "db.sqlite3").exists()
    configure(directory)
    if is_new:
        prepare(given.password, given.seed)
    if not given.prepare:
        serve(given.port)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
