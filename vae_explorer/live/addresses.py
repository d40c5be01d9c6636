"""Addresses below the path that the app is served under: what is a page's, and what is served to one."""

SERVED = ("_stcore", "static", "media", "component", "api", "live", "web")


def base_path(setting: str) -> str:
    """`/name` of Streamlit's server.baseUrlPath, or nothing."""
    name = setting.strip("/")
    return f"/{name}" if name else ""


def below(path: str, base: str) -> str | None:
    """What of a path lies below the base path, without the slash between them; None for what lies elsewhere."""
    if path == base or path.startswith(f"{base}/"):
        return path[len(base) + 1 :]
    return None


def is_page(path: str, base: str) -> bool:
    """Whether a path is a page's, or would be if there were such a page."""
    name = (below(path, base) or "").strip("/")
    return name.split("/", 1)[0] not in SERVED and "." not in name
