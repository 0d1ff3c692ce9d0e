"""What runs in a module: the same whatever its comments and docstrings say, and on every version of Python."""

import hashlib

import pytest

from analysis.io.code_text import what_runs

CODE = b'''# A comment.
def double(x):  # another

    """Twice: # not one."""

    text = f"""a{
        x}  # kept

  # kept"""
    return (
        x
        # within brackets

        * 2
    )
'''
RUN = b'''def double(x):
    text = f"""a{
        x}  # kept

  # kept"""
    return (
        x
        * 2
    )
'''


def test_comments_blank_lines_and_docstrings_go_and_texts_stay():
    assert what_runs(CODE) == RUN
    assert what_runs(RUN) == RUN


def test_the_digest_is_the_same_on_every_version_of_python():
    expected = "caf2ffc5"
    assert hashlib.sha256(what_runs(CODE)).hexdigest().startswith(expected)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"x = 1\n", b"x = 2\n"),
        (b"x = 1\n", b"if x:\n    x = 1\n"),
        (b"if x:\n    y()\n    z()\n", b"if x:\n    y()\nz()\n"),
        (b'f("a")\n', b'f("b")\n'),
        (b'def f():\n    return "a"\n', b'def f():\n    "a"\n'),
        (b"x = '# a'\n", b"x = '# b'\n"),
        (b'x = """\n\n"""\n', b'x = """\n"""\n'),
        (b'x = f"""{y}\n\n"""\n', b'x = f"""{y}\n"""\n'),
    ],
)
def test_what_changes_a_run_changes_the_text(before, after):
    assert what_runs(before) != what_runs(after)


@pytest.mark.parametrize("source", [b"", b"x", b"x = 1  # the end", "é = 1  # où\n".encode(), b"x = \\\n  1  # a\n"])
def test_odd_ends_and_letters_are_read(source):
    compile(what_runs(source), "module", "exec")
    assert b"#" not in what_runs(source)


@pytest.mark.parametrize("source", [b"x = (", b"\xff\xfe", b'def f(:\n  """'])
def test_what_is_no_python_stays_as_it_is(source):
    assert what_runs(source) == source
