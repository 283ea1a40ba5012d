"""Boxes and points: laws that hold for all of them."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from envs.geometry import Box, MixedSpaces, Point, Space

px = st.integers(-2000, 2000).map(lambda n: n / 2)
size = st.integers(0, 2000).map(lambda n: n / 2)
boxes = st.builds(Box, px, px, size, size)
full = st.builds(Box, px, px, size.filter(bool), size.filter(bool))
points = st.builds(Point, px, px)


@given(boxes, boxes)
def test_an_intersection_is_the_same_from_both_sides_and_inside_both(a: Box, b: Box) -> None:
    common = a.intersection(b)
    assert common == b.intersection(a)
    if common is not None:
        assert max(a.x, b.x) == common.x
        assert min(a.bottom, b.bottom) == common.bottom
        assert 0 < common.area <= min(a.area, b.area)


@given(full)
def test_a_box_overlaps_itself_fully(box: Box) -> None:
    assert box.intersection(box) == box
    assert box.overlap(box) == 1.0
    assert box.gap(box) == 0.0


@given(boxes, boxes)
def test_an_overlap_is_symmetric_and_between_0_and_1(a: Box, b: Box) -> None:
    assert a.overlap(b) == b.overlap(a)
    assert 0.0 <= a.overlap(b) <= 1.0
    assert (a.overlap(b) > 0) == (a.intersection(b) is not None)


@given(boxes, boxes)
def test_boxes_that_share_something_have_no_gap(a: Box, b: Box) -> None:
    assert a.gap(b) == b.gap(a) >= 0
    if a.intersection(b) is not None:
        assert a.gap(b) == 0


@given(full)
def test_a_box_contains_its_center_and_its_corner_and_not_the_opposite_one(box: Box) -> None:
    assert box.contains(box.center)
    assert box.contains(Point(box.x, box.y))
    assert not box.contains(Point(box.right, box.bottom))


@given(full, full, points)
def test_a_point_in_two_boxes_is_in_what_they_share(a: Box, b: Box, point: Point) -> None:
    common = a.intersection(b)
    assert (a.contains(point) and b.contains(point)) == (common is not None and common.contains(point))


@given(points, points, points)
def test_distance_is_a_metric(a: Point, b: Point, c: Point) -> None:
    assert a.distance(b) == b.distance(a)
    assert (a.distance(b) == 0) == (a == b)
    assert a.distance(c) <= a.distance(b) + b.distance(c) + 1e-6


@given(boxes, st.sampled_from([0.25, 0.5, 2.0, 4.0]), points)
def test_there_and_back_is_the_same_box(box: Box, scale: float, origin: Point) -> None:
    there = box.to(Space.MODEL, scale, Point(origin.x, origin.y, Space.MODEL))
    assert there.space is Space.MODEL
    back = there.to(Space.CSS, 1 / scale, Point(-origin.x / scale, -origin.y / scale))
    assert back == box


@given(boxes, boxes, points)
def test_spaces_do_not_mix(a: Box, b: Box, point: Point) -> None:
    assume(a.area and b.area)
    screen = b.to(Space.SCREEN, 1.0)
    for mixed in (a.intersection, a.overlap, a.gap):
        with pytest.raises(MixedSpaces):
            mixed(screen)
    with pytest.raises(MixedSpaces):
        screen.contains(point)
    with pytest.raises(MixedSpaces):
        point.distance(screen.center)
    with pytest.raises(MixedSpaces):
        a.to(Space.SCREEN, 1.0, point)


def test_a_box_has_no_negative_size() -> None:
    with pytest.raises(ValueError, match="negative"):
        Box(0, 0, -1, 5)
