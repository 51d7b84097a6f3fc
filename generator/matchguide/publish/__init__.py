"""A guide sealed with a password, readable on the open web by its reader only. See FORMAT.md."""
