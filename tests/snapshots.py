"""Folders as they stand: what lies in them, how large and how old."""

from pathlib import Path

Snapshot = dict[str, tuple[int, int]]


def snapshot(*roots: Path) -> Snapshot:
    """Of every file and folder below, and of the roots themselves: size and time of the last change."""
    there = [path for root in roots if root.exists() for path in (root, *root.rglob("*"))]
    return {str(path): (path.lstat().st_size, path.lstat().st_mtime_ns) for path in there}
