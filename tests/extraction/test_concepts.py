"""What sentences of a reading note are about, by the real vocabulary: concepts of places, parts, averages and ranks."""

import pytest

from analysis.extraction import claims, vocabulary
from analysis.sources import provenance
from analysis.sources.notes import Note, Sentence
from analysis.upkeep.stages.claims import gazetteer

TERRITORIES = "labelled_territories"
SENTENCES = [
    ("En phase 2, 53,6 % des communes de France sont couvertes.", "share_of_communes", "France", 53.6, "%"),
    ("La part des communes du Grand Est couvertes en phase 2 est de 65 %.", "share_of_communes", "Grand Est", 65, "%"),
    ("En phase 2, la part de la population du Grand Est est de 75 %.", "share_of_population", "Grand Est", 75, "%"),
    ("60 % des habitants de France vivent dans la phase 2.", "share_of_population", "France", 60, "%"),
    ("Le Grand Est est au deuxième rang par le nombre de territoires.", "territory_rank", "Grand Est", 2, "rank"),
    ("Le Grand Est est classé troisième par le nombre de territoires.", "territory_rank", "Grand Est", 3, "rank"),
    ("Le Grand Est est classé au deuxième rang industriel.", "industrial_rank", "Grand Est", 2, "rank"),
    ("Le nombre de territoires a triplé en Guadeloupe.", "territory_growth", "Guadeloupe", 3, "factor"),
    ("Le nombre de territoires a augmenté de 23 % en France.", "territory_growth", "France", 23, "%"),
    ("Les territoires de France réunissent en moyenne 3,4 intercommunalités.", "members_per_territory", "France", 3.4,
     "intercommunality"),
    ("La France compte 102 communes par territoire.", "communes_per_territory", "France", 102, "commune"),
    ("La France compte 222 966 habitants par territoire.", "inhabitants_per_territory", "France", 222966, "inhabitant"),
    ("La phase 2 concerne 99 départements en France.", "departments", "France", 99, "department"),
    ("La phase 2 concerne 18 régions en France.", "regions", "France", 18, "region"),
    ("120 territoires labellisés de la phase 1 sont reconduits en France.", "kept_territories", "France", 120,
     "territory"),
    ("En France, 7 territoires de la phase 1 ne sont pas reconduits.", "left_territories", "France", 7, "territory"),
    ("En France, 7 territoires sont sortis du programme.", "left_territories", "France", 7, "territory"),
    ("En phase 2, le Nord compte 4 territoires labellisés.", TERRITORIES, "Nord", 4, "territory"),
    ("La phase 2 couvre 3 341 communes dans le Grand Est.", "communes", "Grand Est", 3341, "commune"),
]  # fmt: skip


@pytest.fixture(scope="module")
def read(root):
    rules = vocabulary.parse(provenance.load_vocabulary(root / "data/raw/vocabulary.yaml"))
    places = gazetteer(root)

    def reader(sentence):
        note = Note("essai", "essai.md", "2023-11-09", [Sentence(sentence, 1)])
        return claims.claims_from_notes([note], rules, places)

    return reader


@pytest.mark.parametrize(("sentence", "concept", "place", "value", "unit"), SENTENCES)
def test_sentence_is_about_one_concept(read, sentence, concept, place, value, unit):
    found = read(sentence)
    assert found.unresolved.is_empty()
    assert found.claims.select("concept", "place", "value_low", "unit").rows() == [(concept, place, value, unit)]
