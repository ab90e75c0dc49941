"""Every entry has a file name of its own, whatever its code is."""

from __future__ import annotations

import re
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from rolegraph.site.addresses import name_files

CODES = st.lists(
    st.text(min_size=1, max_size=12) | st.sampled_from(["con", "CON", "a", "A", "a/b", "a b"]), unique=True
)


@given(CODES)
def test_names_are_safe_and_nobody_elses_in_any_letter_case(codes: list[str]) -> None:
    names = dict(name_files(codes))
    assert list(names) == codes
    assert len({name.casefold() for name in names.values()}) == len(codes)
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+", name) for name in names.values())
    assert not {"con", "prn", "aux", "nul"} & {name.casefold() for name in names.values()}


def test_a_made_up_name_that_is_taken_gets_longer() -> None:
    made = f"con-{sha256(b'con').hexdigest()[:8]}"
    names = dict(name_files(["con", made]))
    assert names[made] == made
    assert names["con"].startswith(made)
    assert names["con"] != made
    upper = dict(name_files(["CON", made.upper()]))
    assert len({name.casefold() for name in upper.values()}) == 2


def test_two_codes_whose_hashes_begin_alike_have_two_names() -> None:
    codes = ["constructor/a:~:b", "constructor/a&*)!)b"]
    assert len({sha256(code.encode()).hexdigest()[:8] for code in codes}) == 1
    assert len(set(dict(name_files(codes)).values())) == 2
