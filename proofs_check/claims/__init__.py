"""One theorem a file: claims/influence/cone.py is influence.cone."""
