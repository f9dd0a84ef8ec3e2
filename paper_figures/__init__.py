"""Paper figures: data apart from drawing, and a caption that names the claims it rests on."""

from paper_figures.publication import build

__all__ = ["build"]
