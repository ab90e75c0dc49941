"""Careers: distances, nearest roles, ladders, moves and paths, all computed from one compact roster.

This package file stays empty so that an answer imports only what it needs.
"""
