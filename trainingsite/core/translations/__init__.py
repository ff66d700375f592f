"""Catalogues of the interface's texts, without GNU gettext: Babel extracts, updates, derives and compiles."""
