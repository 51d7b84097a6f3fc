"""Many people at once: a folder each, and one page for their advisor."""
