"""Whatever people write, it is read or refused by a named error: what once was not, and a few hundred new inputs."""

import random
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutations import inputs
from targets import CASES, TARGETS, cases

from analysis.errors import AtlasError

pytestmark = pytest.mark.no_cover  # of thousands of inputs: the lines they reach are counted where they are tested
MUTATIONS = 150
BYTES = st.one_of(st.binary(max_size=60), st.text(max_size=40).map(lambda text: text.encode("utf-8", "replace")))


def refused(name: str, content: bytes) -> bool:
    try:
        TARGETS[name].read(content)
    except AtlasError:
        return True
    return False


@pytest.mark.parametrize("name", TARGETS)
def test_inputs_that_once_were_read_wrongly_are_read_or_refused(name):
    for content in cases(name):
        refused(name, content)


def test_every_case_belongs_to_a_parser():
    assert {path.name for path in CASES.iterdir() if path.is_dir()} <= set(TARGETS)


@pytest.mark.parametrize("name", TARGETS)
def test_inputs_near_to_good_ones_are_read_or_refused(name):
    found = [refused(name, one) for one in islice(inputs(TARGETS[name].seeds(), random.Random(0)), MUTATIONS)]
    assert not found[0] or name in {"csv-territories", "csv-members", "csv-changes", "vocabulary", "checks"}


@pytest.mark.parametrize("name", TARGETS)
@given(
    content=st.one_of(st.binary(max_size=60), st.text(max_size=40).map(lambda text: text.encode("utf-8", "replace")))
)
def test_any_bytes_are_read_or_refused(name, content):
    refused(name, content)
