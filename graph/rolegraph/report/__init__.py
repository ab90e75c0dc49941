"""Answers as text for people, JSON, CSV, Markdown and diagrams. Knows answers, nothing below them."""
