"""`python -m vae_explorer`, and the command `vae-explorer`: a subcommand, or with no word at all the app."""

import sys

from vae_explorer.cli import main


def run() -> None:
    """The entrance of both; ends the process with the exit code."""
    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    run()
