"""Wagtail as `wagtail start` makes it, with an administrator, an editor and a few pages.

python wagtailsite.py PORT
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import django
from django.core.management import call_command

TITLES = ("Bread", "Rye bread", "White rolls", "Opening hours")


def main(port: str) -> None:
    site = Path("site").resolve()
    site.mkdir()
    wagtail = Path(sys.executable).with_name("wagtail")
    subprocess.run([str(wagtail), "start", "bakery", str(site)], check=True, stdout=subprocess.DEVNULL)
    os.chdir(site)
    sys.path.insert(0, str(site))
    os.environ["DJANGO_SETTINGS_MODULE"] = "bakery.settings.dev"
    with (site / "bakery" / "settings" / "local.py").open("w", encoding="utf-8") as local:
        local.write("WAGTAIL_ENABLE_UPDATE_CHECK = False\nWAGTAIL_ENABLE_WHATS_NEW_BANNER = False\n"
                    "WAGTAIL_GRAVATAR_PROVIDER_URL = None\n")  # fmt: skip
    django.setup()
    call_command("migrate", verbosity=0)
    seed()
    call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)


def seed() -> None:
    from django.contrib.auth.models import Group, User
    from home.models import HomePage  # type: ignore[import-not-found]

    User.objects.create_superuser("admin", "admin@example.com", "secret")
    editor = User.objects.create_user("edith", "edith@example.com", "secret", first_name="Edith")
    editor.groups.add(Group.objects.get(name="Editors"))
    home = HomePage.objects.first()
    for title in TITLES:
        home.add_child(instance=HomePage(title=title))


if __name__ == "__main__":
    main(sys.argv[1])
