"""Whose words: quoted and reported speech keeps the speaker's name as it is written."""

import pytest

FIGURE = "le programme compte 183 territoires labellisés"
SAID = [
    (f"« {FIGURE.capitalize()} », a déclaré Mme Exemple, préfète de région.", "Mme Exemple"),
    (f"« {FIGURE.capitalize()} », se réjouit Luc Modèle.", "Luc Modèle"),
    (f"« {FIGURE.capitalize()} », tempête Luc Modèle.", "Luc Modèle"),
    (f"« {FIGURE.capitalize()} », rappelle Luc Le Modèle, président de l'agence.", "Luc Le Modèle"),
    (f"« {FIGURE.capitalize()} », note Luc de La Haute-Lande.", "Luc de La Haute-Lande"),
    (f"« {FIGURE.capitalize()} », selon Luc Saint-Modèle, maire.", "Luc Saint-Modèle"),
    (f"M. Quidam s'étonne : « {FIGURE} ! »", "M. Quidam"),
    (f"“{FIGURE.capitalize()}”, rappelle M. de La Tour.", "M. de La Tour"),
    (f"Mme Exemple, ministre, a assuré que {FIGURE}.", "Mme Exemple"),
    (f"Selon la Cour des comptes, {FIGURE}.", "Cour des comptes"),
    (f"D'après Luc Modèle, {FIGURE}.", "Luc Modèle"),
    (f"Le préfet du Nord, M. Exemple, est venu. « {FIGURE.capitalize()} », a souligné le préfet.", "M. Exemple"),
    (f"{FIGURE.capitalize()}.", None),
    (f"Mme Exemple est venue. {FIGURE.capitalize()}.", None),
    (f"Au Grand Palais, {FIGURE}.", None),
]


@pytest.mark.parametrize(("text", "speaker"), SAID)
def test_a_figure_keeps_who_says_it(one, text, speaker):
    row = one(text, "183")
    assert row["said_by"] == speaker
    for start, end, written in row["spans"]["said_by"]:
        assert text[start:end] == written == speaker


def test_a_quotation_of_nobody_is_doubtful(one):
    row = one(f"« {FIGURE.capitalize()} ! » La salle se tait.", "183")
    assert row["said_by"] is None
    assert [one["code"] for one in row["doubts"]] == ["nobody_named"]
