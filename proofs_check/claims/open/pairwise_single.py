"""open.pairwise-single: one saturated model whose users choose between two candidates.

Statement. One model that can be any law p on n atoms with rewards r_1 < … < r_n, trained on real data of
full support (share a > 0), its raw output, and its own output curated from pairs (K = 2, share w > 0). At
the equilibrium the expectation of every increasing function of r rises with the curation share (taken from
real data, from raw output or from both in proportion) and with the strength. Proved for n ≤ 4; for n
≥ 5 no counterexample is known.

Argument. Write x_i = e^{βr_i}, ψ_i = Σ_j p_j (x_i − x_j)/(x_i + x_j): a pair with i is decided with C_2(p)_i
= p_i(1 + ψ_i). Stationarity reads (a − wψ_i)p_i = a·real_i, so b = a/w exceeds every ψ_i, that is ψ_n.
Differentiating it with dp_i = p_i g_i gives

    (b − ψ_i) g_i − Σ_j k_ij p_j g_j = η_i,    k_ij = (x_i − x_j)/(x_i + x_j) = (1 − ρ)/(1 + ρ), ρ = x_j/x_i,

where η = ψ for any share knob (its direction is a positive multiple of C_2(p) − p) and η_i = Σ_j p_j (r_i −
r_j) 2ρ/(1 + ρ)² for the strength, up to a positive factor. Put x_{i+1} = x_i(1 + s_i) and b = ψ_n + e with s,
p, e > 0. After clearing denominators the determinant of this system and, by Cramer's rule, each tail sum
Σ_{i ≥ k} p_i g_i (for the strength: the part of each log gap r_{j+1} − r_j > 0, in which η is linear) is a
polynomial in s, p, e whose factors have positive coefficients only. So every tail gains mass, which is the
claim for increasing functions; the weights need not even sum to one.

Machine-checked. n = 2 and 3: the determinant, and every tail for the share and for each gap's part of the
strength, for all s, p, e > 0. For n = 4 the same expansion by computer algebra (up to 356,386 terms) has
positive coefficients only, but is too long for a certificate. n = 5 to 8: sampled exactly.

Searched. n = 4 to 8: 1,176,800 equilibria by directed search for the least tail, relative to its response
without feedback, over levels, laws and slack e (seed 1, 400 s, in floating point). The least tail tends to 0
as atoms or gaps vanish; none was below 0 by more than rounding (−4·10⁻¹²).
"""

from __future__ import annotations

from itertools import combinations

import sympy

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.encoding.matrices import determinant
from proofs_check.encoding.relations import positive
from proofs_check.encoding.sampled_choices import sampled_equilibria, why_a_tail_does_not_gain
from proofs_check.encoding.symbols import Matrix, column, point, real, variables
from proofs_check.statements.experiment import Experiment
from proofs_check.statements.statement import Statement

_SLACK = real("e")


def claim() -> Claim:
    """The claim ``open.pairwise-single``."""
    return Claim(
        id="open.pairwise-single",
        title="One saturated model with choice between pairs does not backfire (two and three atoms)",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "One saturated model, K = 2, real data of full support: E f(r) rises with the curation share and "
            "with the strength for every increasing f. Machine-checked for two and three atoms, expanded by "
            "computer algebra for four; open from five atoms on."
        ),
        latex=r"(b-\psi_i)g_i-\sum_j\frac{x_i-x_j}{x_i+x_j}p_jg_j=\psi_i,\ b>\max\psi"
        r"\;\Rightarrow\;\sum_{i\ge k}p_ig_i>0",
        hypotheses=(
            "One model that can be any law on n atoms, rewards distinct; K = 2.",
            "Real share a > 0 of full support, curated own share w > 0.",
        ),
        cases=(*(case(n) for n in (2, 3) for case in (_determinant, _share, _strength)), _sampled()),
        scope="two and three atoms, share and strength; four by the argument; 5 to 8 sampled; n ≥ 5 is open",
        expected=Expectation.OPEN,
    )


def _sampled() -> Case:
    return Case(
        name="5 to 8 atoms, sampled",
        statement=Experiment(
            name="equilibria of choice between pairs, 5 to 8 atoms",
            strategy=sampled_equilibria,
            predicate=why_a_tail_does_not_gain,
            samples=100,
        ),
    )


def gaps(n: int) -> tuple[sympy.Symbol, ...]:
    """The relative gaps s_i = x_{i+1}/x_i − 1."""
    return tuple(real(f"s{i}") for i in range(1, n))


def ratio(i: int, j: int) -> sympy.Expr:
    """ρ = x_j/x_i for i < j, counted from 0."""
    return sympy.Mul(*(1 + real(f"s{k + 1}") for k in range(i, j)))


def system(n: int) -> tuple[Matrix, Matrix, Matrix]:
    """Matrix of the linearised equilibrium in g, right side for η = ψ, and p.

    Row i is multiplied by 1 + ρ for every pair of atoms that contains i or the last.
    """
    law = column("p", n)

    def kernel(row: int, i: int, j: int) -> sympy.Expr:
        low, high = min(i, j), max(i, j)
        size = _pairs(n, row, (low, high)) * (ratio(low, high) - 1) if i != j else sympy.Integer(0)
        return size if i > j else -size

    def psi(row: int, i: int) -> sympy.Expr:
        return sympy.Add(*(kernel(row, i, j) * law[j] for j in range(n)))

    def entry(i: int, j: int) -> sympy.Expr:
        own = _SLACK * _pairs(n, i) + psi(i, n - 1) - psi(i, i)
        return own if i == j else -kernel(i, i, j) * law[j]

    return Matrix(n, n, entry), Matrix([psi(i, i) for i in range(n)]), law


def strength_system(n: int, gap: int) -> tuple[Matrix, Matrix, Matrix]:
    """The same for η_i = Σ_j p_j σ_ij 2ρ/(1 + ρ)², row i once more multiplied by its own 1 + ρ.

    σ_ij is 1, −1 or 0: how often r_i − r_j counts the gap between the atoms `gap` and `gap` + 1.
    """
    matrix, _, law = system(n)

    def own(i: int, *without: int) -> sympy.Expr:
        others = (j for j in range(n) if j not in (i, *without))
        return sympy.Mul(*(1 + ratio(min(i, j), max(i, j)) for j in others))

    def part(i: int, j: int) -> sympy.Expr:
        low, high = min(i, j), max(i, j)
        count = (j < gap <= i) - (i < gap <= j)
        return law[j] * count * 2 * ratio(low, high) * own(i, j) * _pairs(n, i, (low, high))

    right = Matrix([sympy.Add(*(part(i, j) for j in range(n) if j != i)) for i in range(n)])
    return Matrix(n, n, lambda i, j: matrix[i, j] * own(i)), right, law


def _pairs(n: int, row: int, without: tuple[int, int] | None = None) -> sympy.Expr:
    """Product of 1 + ρ over the pairs of atoms that contain `row` or the last atom, save one pair."""
    pairs = (pair for pair in combinations(range(n), 2) if {row, n - 1} & {*pair} and pair != without)
    return sympy.Mul(*(1 + ratio(*pair) for pair in pairs))


def tail_numerators(matrix: Matrix, right: Matrix, law: Matrix) -> list[sympy.Expr]:
    """Σ_{i ≥ k} p_i det(matrix with column i replaced by the right side), k = 2 … n."""
    n = matrix.rows
    parts = []
    for c in range(n):
        replaced = Matrix(n, n, lambda i, j, c=c: right[i] if j == c else matrix[i, j])
        parts.append(law[c] * determinant(replaced))
    return [sympy.Add(*parts[k:]) for k in range(1, n)]


def _case(name: str, n: int, conclusions: list[sympy.Expr]) -> Case:
    symbols = (*gaps(n), *column("p", n), _SLACK)
    return Case(
        name=f"{n} atoms, {name}",
        statement=Statement(
            variables=variables(*symbols),
            hypotheses=tuple(positive(s) for s in symbols),
            conclusions=tuple(positive(c) for c in conclusions),
        ),
        witness=point(dict.fromkeys(symbols, 1)),
    )


def _determinant(n: int) -> Case:
    return _case("determinant", n, [determinant(system(n)[0])])


def _share(n: int) -> Case:
    return _case("curation share", n, tail_numerators(*system(n)))


def _strength(n: int) -> Case:
    tails = [tail for gap in range(1, n) for tail in tail_numerators(*strength_system(n, gap))]
    return _case("strength", n, tails)
