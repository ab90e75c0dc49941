"""Mappings to classifications: what a release suggests for a role, and mapping sets as other tools read and write them."""
