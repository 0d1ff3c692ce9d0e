"""What has been found out of words, so that it is found out once."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
_MOST, _LONGEST = 1 << 14, 40  # words kept, and their letters: the common ones of a corpus, so that memory stays flat


class Learnt(dict[str, T], Generic[T]):
    """What `learn` says of each word looked up; a dictionary is looked up faster than a function is called."""

    def __init__(self, learn: Callable[[str], T]) -> None:
        self._learn = learn

    def __missing__(self, key: str) -> T:
        value = self._learn(key)
        if len(key) <= _LONGEST and not key[-1:].isdigit():  # numbers are too many
            if len(self) >= _MOST:
                self.clear()
            self[key] = value
        return value
