"""A small shop behind Flask-Admin's own screens, as one program on one SQLite file: screens that we did not write.

    python tasks/flask-admin/app.py --dir DIR [--port 0] [--seed none|demo] [--prepare]

Customers, products and orders: lists with search, filters, sorting and bulk actions; forms to create and edit; deletes
that a JavaScript `confirm()` asks about. Nobody logs in. The folder holds everything: `shop.sqlite3`. It is made when
it is missing and left as it is otherwise. When the port is open one line says so on stdout:
`READY http://127.0.0.1:PORT/admin/`. With `--prepare` the folder is filled and nothing is served. The seed is fixed
data: the same rows at every start.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

from flask import Flask, flash, redirect
from flask_admin import Admin
from flask_admin.actions import action
from flask_admin.contrib.sqla import ModelView
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, Numeric, String, event, update
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

STATUSES = ("new", "paid", "shipped", "cancelled")


class Base(DeclarativeBase):
    """The tables of the shop."""


class Customer(Base):
    __tablename__ = "customer"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str] = mapped_column(String(120), unique=True)
    city: Mapped[str | None] = mapped_column(String(80))
    newsletter: Mapped[bool] = mapped_column(default=False)

    def __str__(self) -> str:
        return self.name


class Product(Base):
    __tablename__ = "product"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    price: Mapped[Decimal] = mapped_column(Numeric(10, 2))
    stock: Mapped[int] = mapped_column(default=0)

    def __str__(self) -> str:
        return self.name


class Order(Base):
    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    quantity: Mapped[int] = mapped_column(default=1)
    status: Mapped[str] = mapped_column(String(12), default=STATUSES[0])
    ordered_on: Mapped[date]
    customer: Mapped[Customer] = relationship()
    product: Mapped[Product] = relationship()


class CustomerView(ModelView):  # type: ignore[misc]
    column_list: ClassVar[list[str]] = ["name", "email", "city", "newsletter"]
    column_searchable_list: ClassVar[list[str]] = ["name", "email"]
    column_filters: ClassVar[list[str]] = ["city", "newsletter"]


class ProductView(ModelView):  # type: ignore[misc]
    column_list: ClassVar[list[str]] = ["name", "price", "stock"]
    column_searchable_list: ClassVar[list[str]] = ["name"]
    column_filters: ClassVar[list[str]] = ["price", "stock"]


class OrderView(ModelView):  # type: ignore[misc]
    column_list: ClassVar[list[str]] = ["id", "customer", "product", "quantity", "status", "ordered_on"]
    column_searchable_list: ClassVar[list[str]] = ["customer.name", "product.name"]
    column_filters: ClassVar[list[str]] = ["status", "ordered_on"]
    column_default_sort = "id"
    form_choices: ClassVar[dict[str, list[tuple[str, str]]]] = {"status": [(s, s.capitalize()) for s in STATUSES]}

    @action("ship", "Mark as shipped")  # type: ignore[untyped-decorator]
    def ship(self, ids: list[str]) -> Response:
        """The bulk action that asks nothing, beside Flask-Admin's delete, which does."""
        session = self.session.session  # Flask-Admin 2 keeps the SQLAlchemy object under the name of the session
        session.execute(update(Order).where(Order.id.in_(ids)).values(status="shipped"))
        session.commit()
        flash(f"Marked as shipped: {len(ids)}", "success")
        return redirect(self.get_url(".index_view"))


def seed_demo() -> list[Base]:
    """The rows of the demo; Finn Fox is the only customer without orders."""
    customers = [
        Customer(name="Ada Abbott", email="ada@example.com", city="Oslo", newsletter=True),
        Customer(name="Ben Baker", email="ben@example.com", city="Berlin", newsletter=False),
        Customer(name="Cleo Cruz", email="cleo@example.com", city="Lisbon", newsletter=True),
        Customer(name="Dan Drake", email="dan@example.com", city="Berlin", newsletter=False),
        Customer(name="Eva Ek", email="eva@example.com", city="Oslo", newsletter=False),
        Customer(name="Finn Fox", email="finn@example.com", city="Lisbon", newsletter=False),
    ]
    products = [
        Product(name="Desk lamp", price=Decimal("39.90"), stock=12),
        Product(name="Notebook A5", price=Decimal("4.50"), stock=240),
        Product(name="Office chair", price=Decimal("189.00"), stock=3),
        Product(name="Whiteboard", price=Decimal("79.00"), stock=0),
    ]
    orders = [
        Order(customer=customers[who], product=products[what], quantity=count, status=status, ordered_on=day)
        for who, what, count, status, day in (
            (0, 0, 1, "new", date(2026, 3, 2)),
            (1, 1, 10, "paid", date(2026, 3, 4)),
            (2, 2, 1, "paid", date(2026, 3, 4)),
            (3, 1, 3, "shipped", date(2026, 3, 5)),
            (0, 3, 1, "cancelled", date(2026, 3, 9)),
            (4, 0, 2, "new", date(2026, 3, 11)),
        )
    ]
    return [*customers, *products, *orders]


def build(database: Path) -> tuple[Flask, SQLAlchemy]:
    """The application on the file `database`; it must exist before the first request."""
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY="for tests on the loopback interface only",
        SQLALCHEMY_DATABASE_URI=f"sqlite:///{database}",
    )
    db = SQLAlchemy(app, model_class=Base)
    with app.app_context():
        event.listen(db.engine, "connect", keep_references)
    admin = Admin(app, name="Shop")
    admin.add_view(CustomerView(Customer, db, name="Customers", endpoint="customers"))
    admin.add_view(ProductView(Product, db, name="Products", endpoint="products"))
    admin.add_view(OrderView(Order, db, name="Orders", endpoint="orders"))
    return app, db


def keep_references(connection: DBAPIConnection, _record: object) -> None:
    """Let SQLite refuse to delete a customer or a product that an order names."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def prepare(app: Flask, db: SQLAlchemy, seed: str) -> None:
    """Make the tables and the seed."""
    with app.app_context():
        Base.metadata.create_all(db.engine)
        if seed == "demo":
            db.session.add_all(seed_demo())
            db.session.commit()


def serve(app: Flask, port: int) -> None:
    """Answer on the loopback interface until the process is told to end."""
    server: Any = make_server("127.0.0.1", port, app, threaded=True)
    print(f"READY http://127.0.0.1:{server.server_port}/admin/", flush=True)
    server.serve_forever()


def main() -> None:
    options = argparse.ArgumentParser(description="a shop behind Flask-Admin on SQLite, on the loopback interface")
    options.add_argument("--dir", type=Path, required=True, help="the folder of shop.sqlite3; made when missing")
    options.add_argument("--port", type=int, default=0, help="0: a free one")
    options.add_argument("--seed", choices=("none", "demo"), default="none", help="the rows, when the folder is made")
    options.add_argument("--prepare", action="store_true", help="make the folder, then leave")
    given = options.parse_args()
    directory: Path = given.dir.resolve()
    directory.mkdir(parents=True, exist_ok=True)
    is_new = not (directory / "shop.sqlite3").exists()
    app, db = build(directory / "shop.sqlite3")
    if is_new:
        prepare(app, db, given.seed)
    if not given.prepare:
        serve(app, given.port)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
