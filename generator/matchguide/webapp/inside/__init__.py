"""What runs in the browser: one function for each thing the page asks for. Text in, text or bytes out."""
