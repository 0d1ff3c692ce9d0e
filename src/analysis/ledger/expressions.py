"""A small language for rules: numbers, names, + - * /, comparisons, calls of named functions; no more (pure)."""

import ast
import inspect
import math
import operator
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final, NoReturn

from analysis.errors import AtlasError, LedgerError

Value = float | int | bool | str | None
Function = Callable[..., Any]
WHERE: Final = "data/raw/checks.yaml"
MOST_LETTERS: Final = 300
MOST_DIGITS: Final = 12  # of `round`
MOST_PARSED: Final = 1024  # expressions kept as trees: those of every check, many times over
OPERATORS: Final[Mapping[type[ast.operator], Callable[[Any, Any], Any]]] = MappingProxyType(
    {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
)
COMPARISONS: Final[Mapping[type[ast.cmpop], Callable[[Any, Any], Any]]] = MappingProxyType(
    {
        ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt,
        ast.GtE: operator.ge, ast.Eq: operator.eq, ast.NotEq: operator.ne,
    }
)  # fmt: skip
ALLOWED: Final = (
    ast.Expression, ast.BinOp, ast.UnaryOp, ast.USub, ast.Compare, ast.Call, ast.Name, ast.Constant, ast.Load,
    *OPERATORS, *COMPARISONS,
)  # fmt: skip


def least(first: float, second: float, *more: float) -> float:
    """The smallest of two numbers or more: `min` of the language."""
    return min(first, second, *more)


def greatest(first: float, second: float, *more: float) -> float:
    """The largest of two numbers or more: `max` of the language."""
    return max(first, second, *more)


def rounded(value: float, digits: int = 0) -> float:
    """Half away from zero, as people round: `round` of the language; at most twelve digits either way."""
    if not isinstance(digits, int) or abs(digits) > MOST_DIGITS:
        raise ValueError(f"{digits} is not a number of digits")
    scaled = abs(value) * 10.0**digits
    return math.copysign(math.floor(scaled + 0.5) / 10.0**digits, value)


def nearest(target: float, first: float, second: float, *more: float) -> float:
    """The number closest to a target; the first of two that are as close."""
    return min((first, second, *more), key=lambda one: abs(one - target))


BUILT_IN: Final[Mapping[str, Function]] = MappingProxyType(
    {"min": least, "max": greatest, "round": rounded, "nearest": nearest}
)


def evaluate(text: str, names: Mapping[str, Any], functions: Mapping[str, Function]) -> Value:
    """Value of an expression; LedgerError when it is outside the language, or when it cannot be computed."""
    tree = parse(text)
    known = {**BUILT_IN, **functions}
    try:
        value: Value = _finite(_value(tree.body, names, known))
    except AtlasError as error:
        _refuse(text, error.what, error)
    except (ArithmeticError, TypeError, ValueError, KeyError, RecursionError) as error:
        _require_known(tree, text, names, known)  # says it better where a name or a number of arguments is wrong
        _refuse(text, f"cannot be computed ({error}).", error)
    return value


def require_known(text: str, names: Collection[str], functions: Mapping[str, Function]) -> None:
    """Raise LedgerError when an expression is outside the language, or uses an unknown name, function or arity."""
    _require_known(parse(text), text, names, {**BUILT_IN, **functions})


@lru_cache(maxsize=MOST_PARSED)
def parse(text: str) -> ast.Expression:
    """An expression as a tree; LedgerError when it is not of the language."""
    if len(text) > MOST_LETTERS:
        _refuse(text[:40] + " …", f"is longer than {MOST_LETTERS} letters.")
    try:
        tree = ast.parse(text.strip(), mode="eval")
        for node in ast.walk(tree):
            if problem := _problem(node):
                _refuse(text, problem)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        _refuse(text, "is not an expression.", error)
    return tree


def _problem(node: ast.AST) -> str:
    """Why a node is outside the language, or nothing."""
    if not isinstance(node, ALLOWED):
        return f"{type(node).__name__} is not allowed."
    if isinstance(node, ast.Constant) and not _plain(node.value):
        return f"the constant {node.value!r} is not allowed."
    if isinstance(node, ast.Call) and not isinstance(node.func, ast.Name):
        return "only named functions can be called."
    if isinstance(node, ast.Call) and node.keywords:
        return "functions take no keyword."
    return ""


def _plain(value: Any) -> bool:
    """A text, or a finite number; neither True, None, nor a complex number."""
    return type(value) is str or (type(value) in (int, float) and abs(value) <= 1e18)


def _require_known(tree: ast.Expression, text: str, names: Collection[str], functions: Mapping[str, Function]) -> None:
    called = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    heads = {id(node.func) for node in called}
    for node in called:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in functions:
            _refuse(text, f"unknown function {name}; known: {', '.join(sorted(functions))}.")
        try:
            inspect.signature(functions[name]).bind(*node.args)
        except TypeError as error:
            _refuse(text, f"{name} {_takes(functions[name])}, not {len(node.args)}.", error)
    for one in ast.walk(tree):
        if isinstance(one, ast.Name) and id(one) not in heads and one.id not in names:
            _refuse(text, f"unknown name {one.id}; known: {', '.join(sorted(names))}.")


def _takes(function: Function) -> str:
    given = [one.name for one in inspect.signature(function).parameters.values()]
    return f"takes {len(given)} argument(s) ({', '.join(given)})"


def _value(node: ast.AST, names: Mapping[str, Any], functions: Mapping[str, Function]) -> Any:
    """Value of one node of a tree that `parse` let through."""
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return names[name]
        case ast.UnaryOp(operand=operand):
            return -_number(_value(operand, names, functions))
        case ast.BinOp(left=left, op=sign, right=right):
            sides = [_finite(_number(_value(one, names, functions))) for one in (left, right)]
            return OPERATORS[type(sign)](*sides)
        case ast.Compare(left=left, ops=signs, comparators=others):
            found = [_value(one, names, functions) for one in (left, *others)]
            return all(_compared(sign, *pair) for sign, pair in zip(signs, pairwise(found), strict=True))
        case ast.Call(func=ast.Name(id=name), args=args):
            return functions[name](*(_value(one, names, functions) for one in args))
    raise TypeError(f"{type(node).__name__} is not allowed")


def _compared(sign: ast.cmpop, left: Any, right: Any) -> bool:
    """Two texts or two numbers compared; an absent value compares with nothing."""
    if type(left) is not str or type(right) is not str:
        left, right = _number(left), _number(right)
    return bool(COMPARISONS[type(sign)](left, right))


def _number(value: Any) -> Any:
    if type(value) not in (int, float):
        raise TypeError(f"{value!r} is not a number")
    return value


def _finite(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        raise ArithmeticError("the result is not finite")
    return value


def _refuse(text: str, what: str, cause: Exception | None = None) -> NoReturn:
    raise LedgerError(f"`{text}`: {what}", where=WHERE, repair="Correct the check, then run `dvc repro`.") from cause
