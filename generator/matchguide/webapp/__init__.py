"""The generator as a static page that runs in the reader's own browser: what is in it, and how it is put together."""
