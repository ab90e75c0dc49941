"""What the shell offers while a code is being typed."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from rolegraph.cli.options import open_architecture
from rolegraph.errors import RolegraphError


def complete_role(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The profile codes that begin with what is typed, in any letter case, with their titles."""
    return _complete(ctx, incomplete, profiles=True, focuses=False)


def complete_focus(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The focus codes that begin with what is typed."""
    return _complete(ctx, incomplete, profiles=False, focuses=True)


def complete_end(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The profile and focus codes that begin with what is typed."""
    return _complete(ctx, incomplete, profiles=True, focuses=True)


def complete_place(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The profile, focus and function codes that begin with what is typed."""
    with ctx.scope(cleanup=False):
        try:
            functions = list(open_architecture().roster.function_codes)
        except (RolegraphError, click.ClickException):
            return []
    found = [CompletionItem(code) for code in functions if code.startswith(incomplete.upper())]
    return [*found, *_complete(ctx, incomplete, profiles=True, focuses=True)]


def complete_code(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The codes of everything that can be shown."""
    with ctx.scope(cleanup=False):
        try:
            roster = open_architecture().roster
            known = (*roster.function_codes, *roster.level_codes, *roster.skill_codes)
        except (RolegraphError, click.ClickException):
            return []
    wanted = incomplete.casefold()
    more = [CompletionItem(code) for code in known if code.casefold().startswith(wanted)]
    return [*_complete(ctx, incomplete, profiles=True, focuses=True), *more]


def _complete(ctx: click.Context, incomplete: str, *, profiles: bool, focuses: bool) -> list[CompletionItem]:
    with ctx.scope(cleanup=False):
        try:
            roster = open_architecture().roster
            known = (
                *(roster.focus_codes if focuses else ()),
                *(map(roster.code_of, roster.active_profiles()) if profiles else ()),
            )
            prefix = incomplete.upper()
            return [
                CompletionItem(code, help=roster.title_of(code)) for code in known if code.startswith(prefix)
            ]
        except (RolegraphError, click.ClickException):
            # Broken data is told by the command itself; a message here would land in the middle of the prompt.
            return []
