"""The fingerprint of a data folder: changes when, and only when, a file that would be read changes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from rolegraph.errors import InputError
from rolegraph.records.files import list_data_files, refuse_reading

if TYPE_CHECKING:
    from rolegraph.records.files import Folder

_CHUNK: Final = 2**20


def fingerprint_folder(folder: Folder, *, finishing: bool = False) -> str:
    """The SHA-256, in hex, over names and bytes of the files that ``load_folder`` would read.

    ``finishing`` is for who is about to finish what was cut off. Shipped files that stand in for missing ones count. Raises InputError where the folder could not be loaded
    for a missing, unknown or unreadable file.
    """
    listing = list_data_files(folder, finishing=finishing)
    if listing.problems:
        raise InputError(listing.problems)
    whole = hashlib.sha256()
    for file in listing.files:
        part = hashlib.sha256()
        try:
            with file.open() as stream:
                while chunk := stream.read(_CHUNK):
                    part.update(chunk)
        except OSError as error:
            raise InputError([refuse_reading(file.shown, error)]) from None
        whole.update(f"{file.name}\0{part.hexdigest()}\n".encode("utf-8", "surrogateescape"))
    return whole.hexdigest()
