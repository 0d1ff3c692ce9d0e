"""Communes that are members on their own, found by SIREN and name (pure)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import polars as pl

from analysis.registry import matching
from analysis.registry.official_lists import changes_to_ours
from analysis.upkeep.updates.grid import plain
from analysis.upkeep.updates.list_entries import Entry

SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
OF_COMMUNES = "21"  # what the SIREN of a commune begins with; its département follows


class Communes:
    """Names of communes by département, and what the digits of a SIREN say of one."""

    def __init__(self, raw: Mapping[str, pl.DataFrame]) -> None:
        self.names = dict(raw["communes"].select("commune_code", "name").iter_rows())
        self._departments = dict(raw["departments"].select("department_code", "name").iter_rows())
        ended = (
            changes_to_ours(raw["cog_changes"])
            .filter(change="ended")
            .select("commune_code", "edition", "successor_code")
        )
        self._ended = {code: (edition, successor) for code, edition, successor in ended.iter_rows()}
        self._rows = raw["communes"].select("commune_code", "department_code", "name")

    @cached_property
    def _by_words(self) -> Mapping[tuple[str, frozenset[str]], Sequence[str]]:
        """INSEE codes by département and words of the name."""
        found = defaultdict[tuple[str, frozenset[str]], list[str]](list)
        for code, department, name in self._rows.iter_rows():
            found[department, _words(name)].append(code)
        return found

    def candidates(self, entry: Entry) -> Sequence[str]:
        """INSEE codes of the communes that a member may be: those of its département that have its name.

        Where several have the same words, the one with the same name, else the one that its digits say.
        """
        found = [
            code for head in self._heads(entry.siren) for code in self._by_words.get((head, _words(entry.member)), ())
        ]
        same = [code for code in found if _plain(self.names[code]) == _plain(entry.member)]
        said = [code for code in found if code in _by_digits(entry.siren, self._heads(entry.siren))]
        return next((some for some in (found, same, said) if len(some) == 1), found)

    def code(self, entry: Entry) -> str:
        """The commune that a member is where that is certain, else nothing."""
        found = self.candidates(entry) if entry.siren.startswith(OF_COMMUNES) and checks(entry.siren) else ()
        return found[0] if len(found) == 1 else ""

    def why(self, entry: Entry) -> str:
        """Why no commune is found for a SIREN, with those that come near."""
        heads = self._heads(entry.siren)
        if not checks(entry.siren):
            return "; its last digit does not fit the others: one of them is wrong"
        needed = "; a commune needs its INSEE code in a column commune_code"
        if not entry.siren.startswith(OF_COMMUNES) or not heads:
            return needed
        found = self.candidates(entry)
        if found:
            return f"; it may be {self._shown(found)}{needed}"
        where = " or ".join(self._departments[head] for head in heads)
        said = _by_digits(entry.siren, heads)
        near = [code for code in said if code in self.names]
        hint = f" (its digits rather say {self._shown(near)})" if near else ""
        gone = [code for code in said if code in self._ended]
        past = "".join(f"; commune {code} ended with the edition of {self._past(code)}" for code in gone)
        return f"; no commune of {where} has that name{hint}{past}{needed}"

    def _past(self, code: str) -> str:
        edition, successor = self._ended[code]
        return f"{edition}" + (f", it is now in {self._shown([successor])}" if successor in self.names else "")

    def _heads(self, siren: str) -> list[str]:
        """The département of a commune's SIREN; Corsica has two for the digits 20."""
        heads = ["2A", "2B"] if siren[2:4] == "20" else [siren[2:5] if siren[2:4] == "97" else siren[2:4]]
        return [head for head in heads if head in self._departments]

    def _shown(self, codes: Iterable[str]) -> str:
        return " or ".join(f"{code} ({self.names[code]})" for code in codes)


def checks(siren: str) -> bool:
    """Whether the last digit of a SIREN fits the others (Luhn)."""
    digits = [int(one) * (1 + rank % 2) for rank, one in enumerate(reversed(siren))]
    return sum(one - 9 * (one > 9) for one in digits) % 10 == 0


def _by_digits(siren: str, heads: Iterable[str]) -> list[str]:
    """INSEE codes that the digits of a SIREN may say: the number of the commune stands at one of two places."""
    numbers = (siren[5:8], siren[4:7])
    found = [head[:2] + number for head in heads for number in numbers] + [siren[2:5] + siren[6:8]]
    return list(dict.fromkeys(found if siren[2:4] == "97" else found[:-1]))


def _plain(name: str) -> str:
    return " ".join(SAINTS.get(word, word) for word in plain(name).split())


def _words(name: str) -> frozenset[str]:
    """The words of a commune's name: articles, hyphens, accents and their order do not count, St is Saint."""
    return matching.words(_plain(name))
