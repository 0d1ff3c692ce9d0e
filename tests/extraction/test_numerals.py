"""What is read, form by form, and what is refused. Every sentence is invented."""

import json

import pytest

from analysis.extraction.numerals import KEYS, extract_lines, read, sentences
from analysis.extraction.numerals.cardinals import literal
from analysis.extraction.numerals.lexicon import roman_numerals
from analysis.extraction.numerals.nouns import lemma


def only(text):
    found = read(text)
    assert len(found) == 1, [text[q.start : q.end] for q in found]
    return found[0]


@pytest.mark.parametrize("separator", [" ", "\u00a0", "\u202f", "\u2009", ".", "'", "’", ""], ids=repr)
def test_thousands_are_read_with_any_separator(separator):
    text = f"Le port a traité 1{separator}234{separator}567 colis."
    assert (only(text).value_low, only(text).unit) == (1234567, "colis")


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("vingt et une", 21), ("soixante-dix", 70), ("septante", 70), ("quatre-vingts", 80), ("huitante", 80),
        ("octante", 80), ("nonante-neuf", 99), ("quatre-vingt-dix-neuf", 99), ("soixante et onze", 71),
        ("soixante-et-onze", 71), ("mille neuf cents", 1900), ("dix-neuf cents", 1900), ("deux cent mille", 200000),
        ("deux-cent-trente-mille-quatre", 230004), ("un million deux cent mille", 1200000), ("mille et une", 1001),
    ],
)  # fmt: skip
def test_number_words_are_read_in_every_country_and_orthography(words, value):
    assert only(f"Elle compte {words} pièces.").value_low == value


@pytest.mark.parametrize(
    ("phrase", "value", "unit"),
    [
        ("100 M€", 100_000_000, "EUR"), ("1,5 Md€", 1_500_000_000, "EUR"), ("2 Mds€", 2_000_000_000, "EUR"),
        ("350 k€", 350_000, "EUR"), ("12 MEUR", 12_000_000, "EUR"), ("7,5 millions d'euros", 7_500_000, "EUR"),
        ("3 milliards d’euros", 3_000_000_000, "EUR"), ("45 000 € HT", 45_000, "EUR"), ("60 euros TTC", 60, "EUR"),
        ("2 M€ par an", 2_000_000, "EUR/year"), ("2 M€ annuels", 2_000_000, "EUR/year"),
        ("35 € par habitant", 35, "EUR/habitant"), ("2 M€ chaque année", 2_000_000, "EUR/year"),
    ],
)  # fmt: skip
def test_money_is_read_with_its_magnitude_and_rate(phrase, value, unit):
    text = f"Il faudra {phrase} pour cela."
    figure = only(text)
    assert (figure.kind, figure.value_low, figure.unit) == ("money", value, unit)
    assert text[figure.start : figure.end] == phrase


def test_yearly_amount_is_read_when_the_rate_stands_before():
    assert only("La caisse y met chaque année près de 80 M€.").unit == "EUR/year"
    assert only("Un budget annuel de 6 M€ est voté.").unit == "EUR/year"


@pytest.mark.parametrize(
    ("hedge", "qualifier", "approx", "bound"),
    [
        ("", "exact", False, None), ("près de ", "nearly", True, None), ("presque ", "nearly", True, None),
        ("environ ", "approximately", True, None), ("quelque ", "approximately", True, None),
        ("de l'ordre de ", "approximately", True, None), ("plus de ", "more_than", False, "at_least"),
        ("au moins ", "at_least", False, "at_least"), ("pas moins de ", "at_least", False, "at_least"),
        ("moins de ", "less_than", False, "at_most"), ("au plus ", "at_most", False, "at_most"),
        ("jusqu'à ", "at_most", False, "at_most"), ("pas plus de ", "at_most", False, "at_most"),
    ],
)  # fmt: skip
def test_hedge_gives_qualifier_bound_and_open_side(hedge, qualifier, approx, bound):
    text = f"Le site emploie {hedge}300 ouvriers."
    figure = only(text)
    assert (figure.qualifier, figure.approx, figure.bound) == (qualifier, approx, bound)
    assert figure.value_low == (None if bound == "at_most" else 300)
    assert figure.value_high == (None if bound == "at_least" else 300)
    assert text[figure.start : figure.end] == "300 ouvriers"


def test_exceeding_denied_is_a_ceiling():
    assert only("Le loyer dépasse 500 euros.").qualifier == "more_than"
    assert only("Le loyer ne dépasse pas 500 euros.").qualifier == "at_most"
    assert only("Aucun loyer ne dépasse 500 euros.").qualifier == "at_most"


@pytest.mark.parametrize(
    ("phrase", "low", "high", "unit"),
    [
        ("de 10 à 15 lots", 10, 15, "lot"), ("entre 3 et 5 M€", 3_000_000, 5_000_000, "EUR"),
        ("de 90 à 120 M€", 90_000_000, 120_000_000, "EUR"), ("deux ou trois lots", 2, 3, "lot"),
        ("de 5 000 € à 1,2 million d'euros", 5_000, 1_200_000, "EUR"), ("1500 à 1600 lots", 1500, 1600, "lot"),
        ("de -2,5 % à +4 %", -2.5, 4, "%"), ("un quart à un tiers", 0.25, 1 / 3, "fraction"),
        ("12 à 15 000 lots", 12_000, 15_000, "lot"), ("deux à trois cents lots", 200, 300, "lot"),
        ("entre 800 000 et 1,5 million d'euros", 800_000, 1_500_000, "EUR"), ("15-20 lots", 15, 20, "lot"),
    ],
)  # fmt: skip
def test_range_propagates_unit_and_magnitude(phrase, low, high, unit):
    text = f"Il y aurait {phrase} sur place."
    figure = only(text)
    assert (figure.value_low, figure.value_high, figure.unit, figure.qualifier) == (low, high, unit, "between")
    assert text[figure.start : figure.end] == phrase


def test_change_is_two_figures_and_not_a_range():
    found = read("Le nombre de sites est passé de 120 à 90 en dix ans.")
    assert [(q.value_low, q.value_high) for q in found] == [(120, 120), (90, 90), (10, 10)]


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("un tiers", 1 / 3), ("la moitié", 0.5), ("trois quarts", 0.75), ("deux cinquièmes", 0.4),
        ("neuf sur dix", 0.9), ("une personne sur cinq", 0.2), ("trois usines sur quatre", 0.75),
    ],
)  # fmt: skip
def test_share_in_words_is_a_fraction(phrase, value):
    text = f"On y trouve {phrase} des emplois." if "sur" not in phrase else f"On dit que {phrase} y travaille."
    figure = only(text)
    assert (figure.unit, figure.value_low) == ("fraction", value)
    assert text[figure.start : figure.end] == phrase


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("a doublé", 2), ("va tripler", 3), ("pèse deux fois plus", 2), ("est trois fois moins chère", 1 / 3),
        ("a été divisée par quatre", 0.25), ("a été multipliée par 2,5", 2.5), ("est le double de l'autre", 2),
    ],
)  # fmt: skip
def test_multiple_is_a_factor(phrase, value):
    figure = only(f"La surface {phrase}.")
    assert (figure.unit, figure.value_low) == ("factor", value)


@pytest.mark.parametrize(
    ("phrase", "kind", "low", "high", "iso"),
    [
        ("9 octobre", "date", 1009, 1009, "--10-09"), ("1er janvier 2023", "date", 20230101, 20230101, "2023-01-01"),
        ("05/04/2022", "date", 20220405, 20220405, "2022-04-05"),
        ("2021-06-30", "date", 20210630, 20210630, "2021-06-30"),
        ("30.06.2021", "date", 20210630, 20210630, "2021-06-30"), ("quinze mars", "date", 315, 315, "--03-15"),
        ("novembre 2018", "date", 20181101, 20181130, "2018-11"), ("2018", "year", 2018, 2018, "2018"),
        ("2019-2022", "period", 2019, 2022, "2019/2022"), ("2021-27", "period", 2021, 2027, "2021/2027"),
        ("2021 à 2027", "period", 2021, 2027, "2021/2027"), ("années 1990", "period", 1990, 1999, "1990/1999"),
    ],
)  # fmt: skip
def test_date_or_period_is_read(phrase, kind, low, high, iso):
    text = f"Il en parle depuis {phrase}."
    figure = only(text)
    assert (figure.kind, figure.value_low, figure.value_high, figure.iso) == (kind, low, high, iso)
    assert text[figure.start : figure.end] == phrase


@pytest.mark.parametrize(
    ("text", "span", "low", "high", "iso"),
    [
        ("La foire va du 12 au 17 avril.", "du 12 au 17 avril", 412, 417, "--04-12/--04-17"),
        ("Fermé du 28 février au 3 mars 2024.", "du 28 février au 3 mars 2024", 20240228, 20240303,
         "2024-02-28/2024-03-03"),
        ("Ouvert du 20 décembre au 5 janvier 2025.", "du 20 décembre au 5 janvier 2025", 20241220, 20250105,
         "2024-12-20/2025-01-05"),
        ("Il faut de dix à vingt ans.", "de dix à vingt ans", 10, 20, "P10Y"),
        ("Il a attendu dix ans et demi.", "dix ans et demi", 10.5, 10.5, "P10Y6M"),
        ("Le stage dure 48 heures.", "48 heures", 48, 48, "PT48H"),
    ],
)  # fmt: skip
def test_period_keeps_its_frame_and_both_bounds(text, span, low, high, iso):
    figure = only(text)
    assert (text[figure.start : figure.end], figure.value_low, figure.value_high) == (span, low, high)
    assert (figure.kind, figure.iso) == ("period", iso)


@pytest.mark.parametrize(
    ("phrase", "value", "unit"),
    [
        ("Le premier comité", 1, "comité"), ("Le second appel", 2, "appel"), ("La 2e tranche", 2, "tranche"),
        ("Le 1er adjoint", 1, "adjoint"), ("Le XXIe siècle", 21, "siècle"),
        ("La vingt et unième réunion", 21, "réunion"),
        ("La cent-vingtième pièce", 120, "pièce"), ("Le quatre-vingtième lot", 80, "lot"),
    ],
)  # fmt: skip
def test_rank_is_read_with_its_noun(phrase, value, unit):
    figure = only(f"{phrase} arrive.")
    assert (figure.kind, figure.value_low, figure.unit) == ("ordinal", value, unit)


@pytest.mark.parametrize(
    ("phrase", "value", "low", "high"),
    [
        ("une dizaine de sites", 10, 10, 10), ("une bonne quinzaine de sites", 15, 15, 15),
        ("une demi-douzaine de sites", 6, 6, 6), ("un millier de sites", 1000, 1000, 1000),
        ("des centaines de sites", 100, 100, None), ("plusieurs milliers de sites", 1000, 1000, None),
    ],
)  # fmt: skip
def test_aine_word_is_approximate(phrase, value, low, high):
    text = f"On y voit {phrase}."
    figure = only(text)
    assert (figure.value_low, figure.value_high, figure.approx, figure.unit) == (low, high, True, "site")
    assert text[figure.start : figure.end] == phrase


@pytest.mark.parametrize(
    "text",
    [
        "Une usine et un atelier ferment.", "1. Objet du contrat", "2) Durée du contrat", "Un projet de France 2030.",
        "Un débat sur la mobilité 4.0.", "Le Premier ministre viendra.", "Le pays des Trois Frontières vote.",
        "Six-Fours embauche.", "La délibération n° 55 est votée.", "Selon l'article L. 5211-1, c'est possible.",
        "Le siège est au 14, rue des Forges.", "Écrire à la mairie, 54400 Longwy.", "Appelez le 03 87 00 00 00.",
        "SIRET 123 456 789 00012", "L'atelier est certifié ISO 9001.", "Rapport, page 12 sur 48.",
        "Le Covid-19 a sévi.",
        "B.K", "La séance débute à 14 h 30.", "Rendez-vous à 9 heures.", "Elle a été fermée tout l'été.",
        "Un bâtiment neuf ouvrira.", "Un tiers-lieu ouvrira.", "Le site classé Natura 2000 reste ouvert.",
        "L'imprimante 3D tourne.", "La version 2.1 est en ligne.", "Le prix des matières premières monte.",
        "Les Deux-Sèvres recrutent.", "L'A31 est saturée.", "La directive 2010/75/UE s'applique.",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_figure_is_refused(text):
    assert [text[q.start : q.end] for q in read(text)] == []


def test_json_has_the_fields_of_the_contract_in_order():
    text = "Il y a plus de 300 élus."
    line = json.loads(next(extract_lines("note.md", text)))
    assert tuple(line) == KEYS
    assert line == {
        "doc": "note.md", "start": 15, "end": 23, "text": "300 élus", "num_start": 15, "num_end": 18,
        "kind": "count", "value_low": 300, "value_high": None, "iso": None, "approx": False, "bound": "at_least",
        "qualifier": "more_than", "unit": "élu", "sentence_start": 0, "sentence_end": 24,
        "sentence": text,
    }  # fmt: skip


@pytest.mark.parametrize("name", ['a "b".txt', "a\\b\n.txt", "é\u2028.txt"])
def test_json_lines_are_those_that_a_general_writer_makes(name):
    text = 'Un "quai" \\ de 0,5 km\tcoûte 1,3 Md€ – soit\u2028près de 12,25 % des ½ parts.'
    for line in extract_lines(name, text, 7):
        found = json.loads(line)
        assert line == json.dumps(found, ensure_ascii=False) + "\n"
        assert found["text"] == text[found["start"] - 7 : found["end"] - 7]
        assert found["sentence"] == text[found["sentence_start"] - 7 : found["sentence_end"] - 7]
        assert found["doc"] == name


def test_sentences_end_at_stops_and_lines_but_not_at_abbreviations_or_wraps():
    text = "M. Le Gall signe.  Le lot coûte\n2,5 M€. Titre\n\nFin du\nlot ? Oui"
    found = [text[start:end] for start, end in sentences(text)]
    assert found == ["M. Le Gall signe.", "Le lot coûte", "2,5 M€.", "Titre", "Fin du\nlot ?", "Oui"]


def test_sentence_beyond_any_prose_is_cut_in_pieces():
    text = "mot " * 5000
    assert len(sentences(text)) > 4
    assert "".join(text[a:b] for a, b in sentences(text)).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("1.234,56", (123456, 2, False)), ("1,234.5", (12345, 1, False)), ("2.5", (25, 1, True)), ("007", None),
        ("1.23.4", None), ("9" * 40, None), ("1.250.000", (1250000, 0, False)), ("0,5", (5, 1, False)),
    ],
)  # fmt: skip
def test_literal_is_exact_or_refused(raw, expected):
    assert literal(raw) == expected


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("territoires", "territoire"), ("emplois", "emploi"), ("réseaux", "réseau"), ("journaux", "journal"),
        ("travaux", "travail"), ("enjeux", "enjeu"), ("lieux", "lieu"), ("prix", "prix"), ("mois", "mois"),
        ("pays", "pays"), ("hauts-fourneaux", "haut-fourneau"), ("sous-traitants", "sous-traitant"),
        ("chinois", "chinois"), ("taux", "taux"), ("bus", "bus"), ("ans", "an"),
    ],
)  # fmt: skip
def test_lemma_is_the_singular(plural, singular):
    assert lemma(plural) == singular


def test_roman_numerals_are_regular():
    assert {numeral: value for numeral, value in roman_numerals(39).items() if value in (4, 9, 14, 21, 39)} == {
        "IV": 4, "IX": 9, "XIV": 14, "XXI": 21, "XXXIX": 39,
    }  # fmt: skip
