"""open.pairwise-single: one saturated model whose users choose between two candidates.

Statement. One model that can be any law p on n atoms with rewards r_1 < … < r_n, trained on real data of
full support (share a > 0), its raw output, and its own output curated from pairs (K = 2, share w > 0). At
the equilibrium the expectation of every increasing function of r rises with the curation share (taken from
real data, from raw output or from both in proportion) and with the strength. Proved for n = 2 and 3; for n
≥ 4 no counterexample is known.

Argument. Write x_i = e^{βr_i}, ψ_i = Σ_j p_j (x_i − x_j)/(x_i + x_j): a pair with i is decided with C_2(p)_i
= p_i(1 + ψ_i). Stationarity reads (a − wψ_i)p_i = a·real_i, so b = a/w exceeds every ψ_i, that is ψ_n.
Differentiating it with dp_i = p_i g_i gives

    (b − ψ_i) g_i − Σ_j k_ij p_j g_j = η_i,    k_ij = (x_i − x_j)/(x_i + x_j),

where η = ψ for any share knob (its direction is a positive multiple of C_2(p) − p) and η_i = Σ_j p_j (r_i −
r_j) 2x_i x_j/(x_i + x_j)² for the strength, up to a positive factor. Put x_1 = 1, x_{i+1} = x_i(1 + s_i), b
= ψ_n + e with s, p, e > 0. After clearing denominators the determinant of this system and, by Cramer's rule,
each tail sum Σ_{i ≥ k} p_i g_i (for the strength: of each log gap r_{j+1} − r_j) is a polynomial in s, p, e
with positive coefficients only. So every tail gains mass, which is the claim for increasing functions; the
weights need not even sum to one.

Machine-checked. n = 2: determinant and tail for both knobs, every weight. For n = 3 the expansion (up to 3518
terms a tail) is part of the argument, not of the certificates.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.encoding.matrices import determinant
from proofs_check.encoding.relations import positive
from proofs_check.encoding.symbols import Matrix, column, point, real, variables
from proofs_check.statements.statement import Statement

_SLACK = real("e")


def claim() -> Claim:
    """The claim ``open.pairwise-single``."""
    return Claim(
        id="open.pairwise-single",
        title="One saturated model with choice between pairs does not backfire (two atoms)",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "One saturated model, K = 2, real data of full support: E f(r) rises with the curation share and "
            "with the strength for every increasing f. Machine-checked for two atoms; open from "
            "four atoms on."
        ),
        latex=r"(b-\psi_i)g_i-\sum_j\frac{x_i-x_j}{x_i+x_j}p_jg_j=\psi_i,\ b>\max\psi"
        r"\;\Rightarrow\;\sum_{i\ge k}p_ig_i>0",
        hypotheses=(
            "One model that can be any law on n atoms, rewards distinct; K = 2.",
            "Real share a > 0 of full support, curated own share w > 0.",
        ),
        cases=(_determinant(2), _tails(2), _strength()),
        scope="two atoms, share and strength; three atoms by the argument; n ≥ 4 is open",
        expected=Expectation.OPEN,
    )


def levels(n: int) -> tuple[list[sympy.Expr], list[sympy.Symbol]]:
    """x_1 = 1 < x_2 < … and their relative gaps s."""
    gaps = [real(f"s{i}") for i in range(1, n)]
    found = [sympy.Integer(1)]
    for gap in gaps:
        found.append(found[-1] * (1 + gap))
    return found, gaps


def system(n: int) -> tuple[Matrix, Matrix, Matrix]:
    """Matrix of the linearised equilibrium in g, η = ψ, and p; each row is scaled by Π_j (x_i + x_j) > 0."""
    x, _ = levels(n)
    law = column("p", n)
    scale = [sympy.Mul(*(x[i] + x[j] for j in range(n) if j != i)) for i in range(n)]

    def kernel(i: int, j: int) -> sympy.Expr:
        others = sympy.Mul(*(x[i] + x[k] for k in range(n) if k not in (i, j)))
        return (x[i] - x[j]) * others if i != j else sympy.Integer(0)

    psi = [sympy.Add(*(kernel(i, j) * law[j] for j in range(n))) for i in range(n)]

    def entry(i: int, j: int) -> sympy.Expr:
        away = -kernel(i, j) * law[j] * scale[-1]
        own = _SLACK * scale[i] * scale[-1] + psi[-1] * scale[i] - psi[i] * scale[-1]
        return away + own if i == j else away

    return Matrix(n, n, entry), Matrix([p * scale[-1] for p in psi]), law


def _case(name: str, n: int, conclusions: list[sympy.Expr]) -> Case:
    _, gaps = levels(n)
    law = column("p", n)
    symbols = (*gaps, *law, _SLACK)
    return Case(
        name=name,
        statement=Statement(
            variables=variables(*symbols),
            hypotheses=tuple(positive(s) for s in symbols),
            conclusions=tuple(positive(c) for c in conclusions),
        ),
        witness=point(dict.fromkeys(symbols, 1)),
    )


def _determinant(n: int) -> Case:
    return _case(f"{n} atoms, determinant", n, [sympy.expand(determinant(system(n)[0]))])


def tail_numerators(matrix: Matrix, right: Matrix, law: Matrix) -> list[sympy.Expr]:
    """Σ_{i ≥ k} p_i det(matrix with column i replaced by the right side), k = 2 … n."""
    n = matrix.rows
    parts = []
    for c in range(n):
        replaced = Matrix(n, n, lambda i, j, c=c: right[i] if j == c else matrix[i, j])
        parts.append(law[c] * determinant(replaced))
    return [sympy.expand(sympy.Add(*parts[k:])) for k in range(1, n)]


def _tails(n: int) -> Case:
    return _case(f"{n} atoms, curation share", n, tail_numerators(*system(n)))


def _strength() -> Case:
    """Two atoms: η_i = ±p_j (r_2 − r_1) 2x_1x_2/(x_1 + x_2)², with both rows scaled by (x_1 + x_2)³."""
    matrix, _, law = system(2)
    (low, high), _ = levels(2)
    right = Matrix([-law[1] * 2 * low * high, law[0] * 2 * low * high])
    return _case("2 atoms, strength", 2, tail_numerators(matrix, right, law))
