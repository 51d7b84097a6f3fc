"""The checking of all content and templates at once: what no single file can see of itself."""
