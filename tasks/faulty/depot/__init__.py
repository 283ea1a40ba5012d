"""The depot: an application that means well (`application.py` and below), and the faults that come in between
(`injector.py`, `catalogue.py`). `server.py` is where to start reading."""
