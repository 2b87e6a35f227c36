"""Where the templates are: beside the package in a checkout, below the environment's `share/` once it is installed."""

import sysconfig
from pathlib import Path


def folder(kind: str) -> Path:
    """The folder of one kind of template ("messages", "web").

    Raises FileNotFoundError, with both places that were looked at, when the installation is incomplete.
    """
    places = (
        Path(__file__).resolve().parent.parent / "templates" / kind,
        Path(sysconfig.get_path("data")) / "share" / "cqc-monitor" / "templates" / kind,
    )
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"the templates are missing: neither {places[0]} nor {places[1]} is a folder")
