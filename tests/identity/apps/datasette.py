"""Datasette: databases, tables, facets, rows, queries."""

from __future__ import annotations

from tests.identity.walk import Site, Walk
from tests.names.packages import datasette


def walk(w: Walk) -> None:
    w.see("databases", shows="shop")
    w.open("/shop")
    w.see("database", shows="Custom SQL query")
    w.open("/shop/items")
    w.see("table items", shows="30 rows")
    w.open("/shop/items?_sort_desc=price")
    w.see("table items", "sorted", shows="~30 rows")
    w.open("/shop/items?category=1")
    w.see("table items", "filtered", shows="~10 rows")
    w.open("/shop/items?_facet=category")
    w.see("table items", "with facets", shows="~30 rows")
    w.open("/shop/items?name__contains=29&category=2")
    w.see("table items", "filtered by two", shows="~1 row")
    w.open("/shop/items?category=77")
    w.see("table items", "no rows", shows="~0 rows")
    w.open("/shop/items?_size=5")
    w.see("table items", "first page", shows="Next page")
    w.click("Next page")
    w.see("table items", "second page", shows="Next page")
    w.open("/shop/categories")
    w.see("table categories", shows="0 records")
    w.open("/shop/items")
    w.tab.locator("th .dropdown-menu-icon").nth(2).click()
    w.see("table items, menu of a column", shows="~Sort ascending|Facet by this")
    w.open("/shop/items")
    w.tab.locator("th .dropdown-menu-icon").nth(3).click()
    w.see("table items, menu of a column", "of another column", shows="~Sort ascending|Facet by this")
    for number in (1, 7, 23):
        w.open(f"/shop/items/{number}")
        w.see("row of items", f"number {number}", shows=f"~item {number - 1}")
    elsewhere(w)


def elsewhere(w: Walk) -> None:
    w.open("/shop/items/99")
    w.see("not found", shows="~Record not found|404")
    w.open("/shop/nothing")
    w.see("not found", "another", shows="~Table not found|404")
    w.open("/shop?sql=select+id,+name+from+items+limit+3")
    w.see("query", shows="Run SQL")
    w.open("/shop?sql=select+id,+name+from+items+limit+9")
    w.see("query", "more rows", shows="Run SQL")
    w.open("/shop?sql=select+id+from+nowhere")
    w.see("query, error", shows="~no such table")
    w.open("/shop?sql=selec")
    w.see("query refused", shows="~must be a SELECT")
    w.open("/shop?sql=select+name+from+items+order+by+prise")
    w.see("query, error", "another", shows="~no such column")
    w.open("/-/plugins")
    w.see("about: plugins", shows="plugins.json")
    w.open("/-/versions")
    w.see("about: versions", shows="versions.json")


SITE = Site("Datasette", datasette, walk)
