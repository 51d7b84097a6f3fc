"""The page that is shown where there is none (404.html), as it stands beside the others under any path of a host."""

# Its paths, which the theme takes from the top of a server, and as the other pages have them.
_BESIDE = (
    (' href="/', ' href="'),
    (' src="/', ' src="'),
    ('"base": "/"', '"base": "."'),
    ('"search": "/assets', '"search": "assets'),
    ('new URL("/",location)', 'new URL(".",location)'),
)


def beside(page: str) -> str:
    """The page's HTML with paths from its own folder."""
    for from_the_top, here in _BESIDE:
        page = page.replace(from_the_top, here)
    return page
