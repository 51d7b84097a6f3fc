"""The reader's table of programs: read from a sheet of theirs, with what was not understood, and written back."""
