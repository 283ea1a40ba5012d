"""The screens that are kept in `seen/`, pair by pair: what was reached stays reached. `python -m tests.identity` uses
the applications anew."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from cua.tracker import state_of
from cua.tracker.application import application_of
from cua.tracker.atlas import Atlas
from tests.identity import corpus
from tests.identity.pairs import Figures, figures, total
from tests.identity.sites import sites
from tests.identity.walk import Fit, Situation

SITES = sites()
SEEN: dict[str, list[Situation]] = {name: corpus.read(corpus.SEEN / f"{name}.json.gz") for name in SITES}
FITTED = [name for name, site in SITES.items() if site.fit is not Fit.FIRST_LOOK]


@pytest.fixture(scope="module")
def found() -> dict[str, Figures]:
    return {name: figures(SITES[name].name, seen, SITES[name].fit) for name, seen in SEEN.items()}


def test_there_is_enough_to_go_by(found: dict[str, Figures]) -> None:
    everything = total("all", list(found.values()))
    assert everything.same >= 300
    assert len(found) >= 6
    assert sum(len(seen) for seen in SEEN.values()) >= 300


def test_the_same_screen_with_other_data_is_merged(found: dict[str, Figures]) -> None:
    one = total("all", list(found.values()))
    assert one.merged / one.same >= 0.98, [str(miss) for miss in one.misses]


def test_different_screens_are_kept_apart(found: dict[str, Figures]) -> None:
    one = total("all", list(found.values()))
    assert one.apart / one.different >= 0.99, [str(miss) for miss in one.misses]


@pytest.mark.parametrize("name", FITTED)
def test_no_application_is_much_worse_than_the_rest(found: dict[str, Figures], name: str) -> None:
    one = found[name]
    assert one.merged / one.same >= 0.97, [str(miss) for miss in one.misses]
    assert one.apart / one.different >= 0.93, [str(miss) for miss in one.misses]


@pytest.mark.parametrize("seed", range(3))
def test_an_atlas_finds_them_again_in_any_order(seed: int) -> None:
    same = merged = different = apart = 0
    for name in FITTED:
        seen = [(one.label, state_of(one.screen)) for one in SEEN[name]]
        random.Random(seed).shuffle(seen)
        atlas = Atlas()
        placed = [(label, atlas.place(state).id) for label, state in seen]
        assert len({state.name for state in atlas}) == len(atlas), "two states are called the same"
        for (one, ours), (other, theirs) in combinations(placed, 2):
            if one == other:
                same, merged = same + 1, merged + (ours == theirs)
            else:
                different, apart = different + 1, apart + (ours != theirs)
    assert merged / same >= 0.98
    assert apart / different >= 0.99


def test_a_start_screen_tells_its_application_from_the_others() -> None:
    states = {name: [state_of(one.screen) for one in seen] for name, seen in SEEN.items()}
    for name, ours in states.items():
        assert application_of("http://a/", ours[0], {"http://a/": ours}) == "http://a/"
        for other, theirs in states.items():
            if {name, other} != {"notebook", "jupyterlab"} and name != other:
                assert application_of("http://a/", theirs[0], {"http://a/": ours}) != "http://a/", (name, other)
