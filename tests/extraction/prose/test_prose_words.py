"""Words of free prose are checked before anything is read with them."""

from copy import deepcopy

import pytest

from analysis.errors import ClaimError
from analysis.extraction import vocabulary
from analysis.extraction.prose import with_words
from analysis.io import yaml_files
from analysis.sources import provenance


@pytest.fixture(scope="module")
def plain(root):
    return vocabulary.parse(provenance.load_vocabulary(root / "data/raw/vocabulary.yaml"))


@pytest.fixture
def words(root):
    return deepcopy(yaml_files.read_yaml(root / "data/raw/prose.yaml"))


def test_words_are_added_to_rules_that_stay_as_they_were(plain, words):
    both = with_words(plain, words)
    assert (both.prose, plain.prose) == (words, {})
    assert (both.concepts, both.units, both.places) == (plain.concepts, plain.units, plain.places)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda words: words.pop("saying"), "the part saying is missing."),
        (lambda words: words.update(nouns=["commune"]), "the part nouns is no mapping."),
        (lambda words: words.update(country="France"), "the part country is no list."),
        (lambda words: words.update(contry=["France"]), "unknown part contry."),
        (lambda words: words["concepts"].update(hamlets={}), "concept hamlets is none of the vocabulary's."),
        (lambda words: words["concepts"].update(communes=["couvr*"]), "concept communes is no mapping."),
        (lambda words: words["concepts"]["communes"].update(call=[]), "concept communes: unknown key call."),
    ],
)
def test_a_wrong_part_is_named_with_its_file(plain, words, spoil, said):
    spoil(words)
    with pytest.raises(ClaimError) as caught:
        with_words(plain, words)
    assert str(caught.value).startswith("data/raw/prose.yaml: ")
    assert said in str(caught.value)


def test_a_file_that_is_no_mapping_is_refused(plain):
    with pytest.raises(ClaimError, match="no mapping|not a mapping"):
        with_words(plain, ["kinds"])
