"""``codes.csv``: the codes that were made for functions and focuses of a table that have none of their own.

A code is made once from a name and kept under the key that identifies the thing in the table; it is never made
again, so that a corrected name or another order of rows changes no code.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from rolegraph.model import codes
from rolegraph.records.beside import read_lines, write_lines
from rolegraph.records.document import quote
from rolegraph.records.explain import Complaint
from rolegraph.records.files import CODES

Kind = Literal["function", "focus"]
BookKey: TypeAlias = tuple[Kind, str]

HEADER: Final = ("kind", "key", "code")
_PATTERNS: Final = {"function": codes.FUNCTION_PATTERN, "focus": codes.FOCUS_PATTERN}
_JOINT: Final = " / "
_BROKEN: Final = Complaint(
    "codes-wrong",
    "the line is no kind, key and code",
    "write function or focus, the key, the code under the header kind,key,code, or take the file back from a copy",
)


@dataclass(frozen=True, slots=True)
class CodeBook:
    """Codes by kind and key. The key of a focus names its function too: ``FUNCTION KEY / FOCUS KEY``.

    >>> book = CodeBook().add("function", "Baking", "BAKING")
    >>> book.find("function", "baking"), print(book.write().decode(), end="")
    kind,key,code
    function,Baking,BAKING
    ('BAKING', None)
    """

    codes: Mapping[BookKey, str] = field(default_factory=dict)

    def find(self, kind: Kind, key: str) -> str | None:
        """The code that was made for a key; letter case makes no difference where no key is exactly the same."""
        exact = self.codes.get((kind, key))
        if exact is not None:
            return exact
        folded = key.casefold()
        return next(
            (code for (k, known), code in self.codes.items() if k == kind and known.casefold() == folded),
            None,
        )

    def add(self, kind: Kind, key: str, code: str) -> CodeBook:
        """The book with one more code; a key that is there already gets the code anew."""
        return CodeBook({**self.codes, (kind, key): code})

    def write(self) -> bytes:
        """The bytes of the file: a header, then a line for each key, sorted."""
        return write_lines(HEADER, ((kind, key, code) for (kind, key), code in sorted(self.codes.items())))


def read_codebook(data: bytes, file: str = CODES) -> CodeBook:
    """The book that the bytes of ``codes.csv`` hold, an empty one where there are none.

    Raises InputError with every line that is wrong.
    """
    if not data:
        return CodeBook()
    found: dict[BookKey, str] = {}
    read_lines(data, file, HEADER, _BROKEN, lambda row: _take_row(row, found))
    return CodeBook(found)


def _take_row(row: list[str], found: dict[BookKey, str]) -> Complaint | None:
    """Takes in a row; what is wrong with it otherwise."""
    if row[0] not in _PATTERNS or not row[1]:
        return _BROKEN
    kind: Kind = "function" if row[0] == "function" else "focus"
    if not re.fullmatch(_PATTERNS[kind], row[2]):
        return Complaint("value-wrong", f"{quote(row[2])} is not the code of a {kind}", "restore the code")
    if found.setdefault((kind, row[1]), row[2]) != row[2]:
        return Complaint("value-repeated", f"the {kind} {quote(row[1])} has two codes", "keep one")
    return None


def join_keys(function: str, focus: str) -> str:
    """The key of a focus, with its function's.

    >>> join_keys("Baking", "Bread")
    'Baking / Bread'
    """
    return f"{function}{_JOINT}{focus}"


def fit_code(text: str, kind: Kind) -> str | None:
    """An organisation's own code in upper case, where it fits our grammar; None otherwise.

    >>> fit_code("fin-01", "function"), fit_code("0815", "function"), fit_code("0815", "focus"), fit_code("a b", "focus")
    ('FIN-01', None, '0815', None)
    """
    code = text.upper()
    pattern = codes.FUNCTION if kind == "function" else codes.FOCUS
    return code if re.fullmatch(pattern, code) else None


def mint_function(name: str, taken: Container[str]) -> str:
    """A new code of a function: up to six letters of its name, and a number where they are taken.

    >>> mint_function("Manufacturing", ()), mint_function("Manufacture", {"MANUFA", "MANUFA2"}), mint_function("3D", ())
    ('MANUFA', 'MANUFA3', 'D')
    """
    stem = _letters(name).lstrip("0123456789")[:6] or "X"
    code, number = stem, 1
    while code in taken:
        number += 1
        code = f"{stem}{number}"
    return code


def mint_focus(function: str, name: str, key: str, taken: Container[str]) -> str:
    """A new code of a focus in a function: up to eight letters of its name and four hex digits of its key's hash.

    ``key`` is the key with that of the function; ``taken`` are full codes. Where the code is taken, the next four
    digits of the hash are used.

    >>> mint_focus("BAKING", "Bread & rolls", "Baking / Bread & rolls", ())
    'BAKING.BREADROL02D3'
    """
    stem = _letters(name)[:8] or "X"
    digits = hashlib.sha256(unicodedata.normalize("NFC", key).encode()).hexdigest().upper()
    for start in range(0, len(digits) - 3, 4):
        code = f"{function}.{stem}{digits[start : start + 4]}"
        if code not in taken:
            return code
    return mint_focus(function, name, digits, taken)


def _letters(name: str) -> str:
    """The letters and digits of a name run together, in upper case, accents folded."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Z0-9]", "", folded.upper())
