"""What a text says of itself: its day and who brings it out."""

import pytest

from analysis.extraction.documents.plain_blocks import blocks_of
from analysis.extraction.documents.self_description import is_producer, producer_in, published_in


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("SAINT-CLAUDE, 22 novembre 2019", "2019-11-22"),
        ("Lille, jeudi 9 novembre 2023", "2023-11-09"),
        ("METZ, 10 nov. 2023 – Le Grand Est a obtenu 21 labels.", "2023-11-10"),
        ("DRAGUIGNAN, 19 avril 2024. Il y a cinq mois, tout allait mal.", "2024-04-19"),
        ("24 novembre 2023 – Stupeur à Cayenne.", "2023-11-24"),
        ("Séance du conseil régional du 21 décembre 2023", "2023-12-21"),
        ("Procès-verbal du conseil d'agglomération du jeudi 14 décembre 2023", "2023-12-14"),
        ("Discours de la ministre à Épinal, jeudi 17 octobre 2024", "2024-10-17"),
        ("Fiche statistique du 1er février 2024", "2024-02-01"),
        ("Page mise à jour le 14 mars 2023", "2023-03-14"),
        ("Publié le 3 mai 2024, mis à jour le 9 juin 2024", "2024-05-03"),
        ("Après Dunkerque, 12 mars 2024 oblige, tout changea.", None),
        ("22 novembre 2018 – Annonce\n\n9 novembre 2023 – Reconduction", None),
    ],
)
def test_the_day_of_a_text(line, day):
    text = f"Un bilan\n\n{line}\n\nLe programme va bien depuis le 22 novembre 2018."
    assert published_in(text, blocks_of(text)) == day


@pytest.mark.parametrize(
    ("line", "producer"),
    [
        ("Département de l'Exemple", "Département de l'Exemple"),
        ("Région Exemple", "Région Exemple"),
        ("Ville d'Exemple – Note", "Ville d'Exemple"),
        ("Département par département", None),
        ("Régions et départements", None),
    ],
)
def test_the_body_that_a_line_names(line, producer):
    text = f"{line}\n\nTout va bien."
    assert producer_in(text, blocks_of(text)) == producer


@pytest.mark.parametrize("author", ["", "jdupont2", "Utilisateur Windows", "Microsoft Office User", "admin", "..."])
def test_the_name_of_an_account_is_no_producer(author):
    assert not is_producer(author)


@pytest.mark.parametrize("author", ["Grand Exemple", "Insee", "ANCT", "Officine des chiffres"])
def test_the_name_of_a_body_may_be_one(author):
    assert is_producer(author)
