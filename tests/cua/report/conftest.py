import pytest

from cua.run import Run
from tests.cua.report.story import Shelf, story


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture(scope="session")
def run(shelf: Shelf) -> Run:
    return story(shelf)
