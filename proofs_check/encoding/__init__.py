"""How claims are written down: named symbols, relations and division-free matrix forms."""
