"""YAML is data: safe loaders everywhere, and hostile files are refused by name, at once. All texts are invented."""

import ast
import time
from pathlib import Path

import pytest

from analysis.errors import SourceError
from analysis.sources import provenance
from analysis.upkeep import building

ROOT = Path(__file__).parents[2]
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
SAFE = {"SafeLoader", "CSafeLoader", "_Loader"}
LOADING = {"load", "load_all", "compose", "compose_all", "scan", "parse"}
UNSAFE = {"full_load", "full_load_all", "unsafe_load", "unsafe_load_all", "Loader", "FullLoader", "UnsafeLoader"}


def loads(tree):
    """Calls of yaml.* in a module: name of the function and of the loader it is given."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "yaml":
            yield node.attr, None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            function = node.func
            if isinstance(function.value, ast.Name) and function.value.id == "yaml" and function.attr in LOADING:
                given = [*node.args[1:2], *(one.value for one in node.keywords if one.arg == "Loader")]
                yield function.attr, ast.unparse(given[0]).rpartition(".")[2] if given else "the default"


def unsafe(source):
    """What a module does with YAML that could make more than data of it."""
    tree = ast.parse(source)
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "yaml"]
    renamed = [
        one for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names
        if one.name.split(".")[0] in {"yaml", "ruamel"} and (one.asname or one.name != "yaml")
    ]  # fmt: skip
    found = [name for name, loader in loads(tree) if name in UNSAFE or (loader and loader not in SAFE)]
    return [*found, *(["import from yaml"] if imported else []), *(one.name for one in renamed)]


def test_every_module_loads_yaml_safely_only():
    found = {path: unsafe(path.read_text(encoding="utf-8")) for path in sorted(ROOT.glob("src/**/*.py"))}
    assert found
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    "code",
    [
        "import yaml\nyaml.load(x)",
        "import yaml\nyaml.load(x, yaml.Loader)",
        "import yaml\nyaml.load(x, Loader=yaml.FullLoader)",
        "import yaml\nyaml.load_all(x, Loader=Mine)",
        "import yaml\nyaml.unsafe_load(x)",
        "from yaml import load",
        "import yaml as y",
        "import ruamel.yaml",
    ],
)
def test_unsafe_loading_is_seen(code):
    assert unsafe(code)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BOMB, "line 2: invalid YAML .aliases are not allowed"),
        ("a: &a [*a]", "aliases are not allowed"),
        ("a: &a {b: 1}\nc:\n  <<: *a", "aliases are not allowed"),
        ("[" * 100_000, "more than 32 levels"),
        ("[" * 100_000 + "]" * 100_000, "more than 32 levels"),
        ("{a: " * 10_000 + "1" + "}" * 10_000, "more than 32 levels"),
        ("- " * 50_000 + "a", "more than 32 levels"),
        ("? " * 50_000 + "a", "more than 32 levels"),
        ("\n".join("  " * depth + "a:" for depth in range(200)), "more than 32 levels"),
        ("a: 1\nb: 2\na: 3", "line 3: invalid YAML .key 'a' stands twice"),
        ("a: {b: 1, b: 2}", "key 'b' stands twice"),
        ("1: a\n'1': b", "key '1' stands twice"),
        ("? [a, b]\n: c", "a key is not a text"),
        ("a: !!python/object/apply:os.system [id]", "python/object/apply:os.system is not allowed"),
        ("a: !!python/name:os.system", "is not allowed"),
        ("a: !!int x", "is not allowed"),
        ("a: !!bool x", "is not allowed"),
        ("a: !evil b", "the tag !evil is not allowed"),
        ("a: " + "9" * 5000, "invalid YAML"),
        ("a: 'b", "invalid YAML"),
        ("a: \x00", "invalid YAML"),
        ("a: 1\n---\nb: 2", "invalid YAML"),
        ("# " + "a" * 1_000_000, "more than 1,000,000"),
    ],
    ids=range(23),
)
def test_hostile_yaml_is_refused_at_once(tmp_path, text, said):
    path = tmp_path / "invented.yaml"
    path.write_text(text, encoding="utf-8")
    start = time.perf_counter()
    with pytest.raises(SourceError, match=said):
        provenance.read_yaml(path)
    assert time.perf_counter() - start < 5


def test_merge_key_is_a_key_like_others(tmp_path):
    assert provenance.read_yaml(tmp_path, "<<: {a: 1}\nb: 2") == {"<<": {"a": 1}, "b": 2}


def test_every_committed_file_is_read():
    paths = [*ROOT.glob("data/raw/*.yaml"), ROOT / "params.yaml", ROOT / "CITATION.cff", ROOT / "dvc.yaml"]
    assert len(paths) > 6
    for path in paths:
        assert provenance.read_yaml(path)


@pytest.mark.parametrize(
    "content", [BOMB.encode(), b"[" * 20_000, b"a: !!python/name:os.system", b"stages: {a: " + b"9" * 5000]
)
def test_record_that_is_hostile_is_not_whole(content):
    assert not building.whole(content)
