"""open.finite-pool-attractor: with real data and pairs to choose from, the equilibrium need not be stable.

Statement. One saturated model (every law on n atoms), real data of full support with share α > 0, the rest
of its training set chosen from its own output by users who see K = 2 candidates: the equilibrium is stable.
The answer is no when users differ, already on three atoms: a Condorcet cycle.

Argument. By a counterexample. Three kinds of users of equal number have e^r = (m², m, 1), (1, m², m) and (m,
1, m²) on the atoms, real data are uniform. By symmetry the uniform law is stationary. A pair {i, j} is
decided by e^{r_i}/(e^{r_i} + e^{r_j}); the symmetric part of the kernels averages out and the skew part
remains, so that J has a pair of complex eigenvalues. With m = 10 and α = 1/1000 its characteristic
polynomial is x² − (999/500)x + 312874311501/308580250000: the constant term, |z|², exceeds 1, ρ(J) =
1.0069337…; the law cycles instead of settling.

What is true (by argument, not machine-checked here). Write J in relative perturbations g = dp/p, E_p g = 0,
for any mixture of rewards, strengths and finite pools of size ≥ 2, and a raw own share. The symmetric part
of K(K − 1)E[a_x/(a_x + a_y + S)] over x and y is K(K − 1)/2 · (1 − E[S/(a_x + a_y + S)]); the constant drops
since E_p g = 0, and S/(S + a_x + a_y) = ∫ S e^{−tS} e^{−t a_x} e^{−t a_y} dt is a positive semidefinite
kernel. So ⟨g, (I − J)g⟩_p > 0: every eigenvalue has real part below 1, det(I − J) > 0 at every equilibrium,
the fixed-point index is +1 everywhere, and there is exactly one equilibrium. Two stable equilibria are
therefore impossible. With a single reward J is similar to a symmetric positive semidefinite matrix, its
eigenvalues lie in [0, 1), and a Lyapunov function makes the equilibrium globally attracting. What fails with
several rewards is only stability, and only by rotation.

Machine-checked. The counterexample: at the uniform law with m > 1 and 0 < α < 1 free, J (differentiated from
the choice among pairs, the last atom eliminated) is not always Schur-stable.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.encoding.relations import less, positive
from proofs_check.encoding.symbols import UNIT, Matrix, point, reals, variables
from proofs_check.statements.statement import SchurStable, Statement

_RATIO, _REAL_SHARE = reals("m alpha")
_ATOMS = 3


def claim() -> Claim:
    """The claim ``open.finite-pool-attractor``."""
    return Claim(
        id="open.finite-pool-attractor",
        title="Choice among pairs with real data always settles (refuted by a Condorcet cycle)",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "One saturated model, K = 2, real share α > 0 of full support: the equilibrium is stable. "
            "Refuted on three atoms by e^r = (100, 10, 1) and its rotations, α = 1/1000: ρ(J) = 1.00693. "
            "(That it is the only equilibrium is argued, not machine-checked.)"
        ),
        latex=r"p'=\alpha\,p_{\mathrm{ref}}+(1-\alpha)\,C_2(p),\ \alpha>0\;\Rightarrow\;\rho(J)<1"
        r"\quad\text{(open; refuted on three atoms)}",
        hypotheses=(
            "Three atoms, uniform real data of share 0 < α < 1.",
            "K = 2; three equal groups of users with e^r = (m², m, 1), (1, m², m), (m, 1, m²), m > 1.",
        ),
        cases=(_case(),),
        scope="three atoms, K = 2, three cyclic rewards; m and α free",
        expected=Expectation.OPEN,
    )


def chosen_from_pairs(law: tuple[sympy.Expr, ...], weights: tuple[sympy.Expr, ...]) -> list[sympy.Expr]:
    """C_2: of two candidates the atom i is kept with probability e^{r_i}/(e^{r_i} + e^{r_j})."""
    n = len(law)
    return [
        2 * law[i] * sympy.Add(*(law[j] * weights[i] / (weights[i] + weights[j]) for j in range(n)))
        for i in range(n)
    ]


def jacobian_at_uniform(ratio: sympy.Expr, real_share: sympy.Expr) -> Matrix:
    """J in the first two atoms' probabilities, at the uniform law."""
    first, second = reals("p1 p2")
    law = (first, second, 1 - first - second)
    powers = (ratio**2, ratio, sympy.Integer(1))
    rewards = [powers[-k:] + powers[:-k] for k in range(_ATOMS)]
    chosen = [chosen_from_pairs(law, reward) for reward in rewards]
    step = [
        real_share / _ATOMS + (1 - real_share) * sympy.Add(*(c[i] for c in chosen)) / _ATOMS for i in range(2)
    ]
    third = sympy.Rational(1, _ATOMS)
    found = sympy.Matrix(step).jacobian([first, second]).xreplace({first: third, second: third})
    return Matrix(found.applyfunc(sympy.factor))


def _case() -> Case:
    known = point({_RATIO: 10, _REAL_SHARE: "1/1000"})
    return Case(
        name="three atoms, cyclic rewards",
        statement=Statement(
            variables=(
                *variables(_RATIO, typical=(sympy.Rational(1), sympy.Rational(20))),
                *variables(_REAL_SHARE, typical=UNIT),
            ),
            hypotheses=(less(1, _RATIO), positive(_REAL_SHARE), less(_REAL_SHARE, 1)),
            conclusions=(SchurStable(jacobian_at_uniform(_RATIO, _REAL_SHARE)),),
        ),
        witness=known,
        suspects=(known,),
    )
