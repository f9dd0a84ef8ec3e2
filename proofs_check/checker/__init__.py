"""The independent checker: re-verifies certificates and trusts no solver.

It imports the standard library, and python-flint's balls in `balls` alone; never SymPy, a solver or
another part of this project.  Read it in this order: `terms` (what statements and certificates are
made of), `points` (conditions at a point), `polynomials`, `facts` (a statement as polynomial facts and
goals), `kernel` (the certificate kinds), `boxes` and `balls` (covers), `recheck` (a whole ledger).
"""
