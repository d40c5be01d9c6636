"""How files of weights begin: enough to tell what they are before anything of them is read; without PyTorch."""

LENGTH = 9
"""Bytes that are looked at."""
ZIP, OLD, PICKLE = b"PK\x03\x04", b"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9", b"\x80"
"""Of torch.save, of it before 1.6, of pickles of anything."""
INDEX = "data.pkl"
"""What torch.save writes into the one folder of its archive."""


def header_length(beginning: bytes) -> int | None:
    """What a safetensors file says its header of JSON has, in bytes; None of any other file."""
    tells = len(beginning) == LENGTH and beginning[8:] == b"{" and not beginning.startswith(ZIP)
    return int.from_bytes(beginning[:8], "little") if tells else None
