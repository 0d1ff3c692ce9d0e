"""Small counts, figures beside names and the two ends of a change, which only prose has."""

import pytest

from analysis.extraction.prose.told_figures import figures_of

NOUNS = {"territoire", "EPCI", "commune"}
SMALL = [
    ("La Meuse ne garde qu'un seul territoire.", [("un seul territoire", 1)]),
    ("Elle n'en avait qu'un auparavant.", [("un", 1)]),
    ("Avec trois contre un seul jadis, elle progresse.", [("trois", 3)]),
    ("Avec trois contre un seul auparavant.", [("trois", 3), ("un seul", 1)]),
    ("Lisieux réunit un seul EPCI et 12 communes.", [("un seul EPCI", 1), ("12 communes", 12)]),
    ("La Creuse compte un territoire.", [("un territoire", 1)]),
    ("La Creuse a un territoire, le Lot avait un territoire aussi.", [("un territoire", 1), ("un territoire", 1)]),
    ("Le maire a un projet, le canton possède un parc.", []),
    ("Elle n'en avait fait retenir que neuf.", [("neuf", 9)]),
    ("Elle n'en avait fait retenir que. Neuf mois ont passé.", [("Neuf mois", 9)]),
    ("Soit un de plus.", [("un", 1)]),
    ("Ils étaient neuf.", [("neuf", 9)]),
    ("Il n'y en avait que neuf.", [("neuf", 9)]),
    ("Un bâtiment neuf, une commune, un seul regret : c'est tout.", []),
    ("En février, un seul territoire associait les communes.", []),
    ("Le nombre est resté stable (8).", [("8", 8)]),
    ("La Corse triple le nombre de ses territoires.", [("triple", 3)]),
]
CHANGES = [
    ("Elle passe de 58 à 97 communes, et de quatre à six EPCI.", [58, 97, 4, 6]),
    ("De 149 à 183 territoires.", [149, 183]),
    ("Elle a étendu son emprise de quatre à six EPCI.", [4, 6]),
    ("Le territoire s'est élargi de 54 à 98 communes.", [54, 98]),
    ("Le nombre bondit de 9 000 à 18 700, et celui des EPCI de 551 à 630.", [9000, 18700, 551, 630]),
    ("Part des habitants : de 64 % à 71 %.", [64, 71]),
]


@pytest.mark.parametrize(("text", "expected"), SMALL)
def test_small_counts_are_read(text, expected):
    assert [(text[one.start : one.end], one.value_low) for one in figures_of(text, NOUNS, [])] == expected


@pytest.mark.parametrize(("text", "values"), CHANGES)
def test_a_change_has_two_figures(text, values):
    found = figures_of(text, NOUNS, [])
    assert [(one.value_low, one.value_high, one.qualifier) for one in found] == [(v, v, "exact") for v in values]


@pytest.mark.parametrize("text", ["Il en faut de 150 à 170.", "Le jury en retiendra de trois à cinq."])
def test_what_is_no_change_stays_an_interval(text):
    assert [one.qualifier for one in figures_of(text, NOUNS, [])] == ["between"]


@pytest.mark.parametrize(("text", "values"), [
    ("Devant le Grand Est (17).", [17]),
    ("Avec 12 communes, et le Grand Est 1 200.", [12, 1200]),
    ("Avec 12 communes ici, le Grand Est, une.", [12, 1]),
    ("Avec 12 communes ici, le Grand Est une et non deux.", [12, 2]),
    ("Le Grand Est 2030 est un plan.", []),
    ("Le Grand Est 17 rue Haute", []),
])  # fmt: skip
def test_a_figure_stands_beside_a_name(text, values):
    at = text.index("Grand Est")
    assert [one.value_low for one in figures_of(text, NOUNS, [(at, at + 9)]) if one.kind == "count"] == values


def test_a_hedge_after_a_share_is_its():
    (share,) = figures_of("La moitié environ des communes en sont.", NOUNS, [])
    assert (share.qualifier, share.approx) == ("approximately", True)


def test_figures_know_their_sentence():
    text = "Rien ici. Il n'y en a qu'un. Fin."
    (one,) = figures_of(text, NOUNS, [])
    assert text[one.sentence_start : one.sentence_end] == "Il n'y en a qu'un."
