"""sqlite-web: tables, their rows, queries, forms, refusals."""

from __future__ import annotations

from tests.identity.packages import sqlite_web
from tests.identity.walk import Fit, Site, Walk


def walk(w: Walk) -> None:
    w.see("database", shows="~product")
    for name in ("product", "customer"):
        w.open(f"/{name}/")
        w.see(f"structure of {name}", shows="Columns")
        w.open(f"/{name}/content/")
        w.see(f"content of {name}", shows="~Content|content")
        w.open(f"/{name}/content/?ordering=-2")
        w.see(f"content of {name}", "sorted", shows="~Content|content")
        w.open(f"/{name}/insert/")
        w.see(f"insert into {name}", shows="~^Insert")
        w.open(f"/{name}/drop/")
        w.see(f"drop {name}?", shows="~[Dd]rop")
        w.open(f"/{name}/add-column/")
        w.see(f"add a column to {name}", shows="~[Aa]dd column")
    w.open("/product/content/?page=2")
    w.see("content of product", "second page", shows="~thing")
    queries(w)


def run(w: Walk, sql: str) -> None:
    w.open("/product/query/")
    w.tab.locator("#table-sql").fill(sql)
    w.click("Execute", "button")


def queries(w: Walk) -> None:
    w.open("/product/query/")
    w.see("query of product", shows="~Execute")
    for sql, note in (("select * from product limit 3", "three rows"), ("select name from product", "all rows")):
        run(w, sql)
        w.see("query of product, result", note, shows="~Results")
    for sql, note in (("selec", "no such word"), ("select nothing from product", "no such column")):
        run(w, sql)
        w.see("query of product, error", note, shows="~syntax error|no such column")
    w.open("/query/")
    w.see("query of the database", shows="~Execute")


SITE = Site("sqlite-web", sqlite_web, walk, fit=Fit.FIRST_LOOK)
