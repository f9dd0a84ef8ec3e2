"""One figure a module (or package): `data`, `draw`, `CAPTION`, `CLAIMS`."""
