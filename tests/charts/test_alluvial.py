from hypothesis import given
from hypothesis import strategies as st

from analysis.charts.drawing.alluvial import Family, families


def crossings(family, pairs):
    places = [(family.first.index(one), family.second.index(two)) for one, two in pairs if one in family.first]
    return sum((a - c) * (b - d) < 0 for a, b in places for c, d in places) // 2


def test_families_are_what_ribbons_link_in_the_order_of_their_first_bar():
    found = families("abc", "xyz", [("c", "x"), ("a", "y"), ("c", "y")])
    assert found == [Family(("a", "c"), ("y", "x")), Family(("b",), ()), Family((), ("z",))]


def test_ribbons_do_not_cross_when_they_need_not():
    pairs = [("a", "z"), ("b", "y"), ("c", "x"), ("a", "y"), ("b", "x")]
    (family,) = families("abc", "xyz", pairs)
    assert crossings(family, pairs) == 0


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("uvwxyz")), max_size=12))
def test_every_bar_stands_in_one_family_and_no_ribbon_leaves_it(pairs):
    found = families("abcdef", "uvwxyz", pairs)
    assert sorted(name for family in found for name in family.first) == list("abcdef")
    assert sorted(name for family in found for name in family.second) == list("uvwxyz")
    for family in found:
        assert all((one in family.first) == (two in family.second) for one, two in pairs)
    assert found == families("abcdef", "uvwxyz", pairs[::-1])
