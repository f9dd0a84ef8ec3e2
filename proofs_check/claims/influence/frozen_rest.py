"""influence.frozen-rest: self-influence flips iff the rest alone runs away an odd number of times.

Statement. Scalar states, ρ(J) < 1, a knob that enters row i only. Then det(I − J) > 0 and [(I − J)⁻¹]_ii =
det(I − K)/det(I − J), where K is J without row and column i: the rest with i frozen. It is negative iff K
has no eigenvalue 1 and an odd number of real eigenvalues > 1 (with algebraic multiplicity), and zero iff K
has the eigenvalue 1.

Argument. Cramer's rule gives the quotient, and det(I − J) = Π(1 − z) over |z| < 1 is positive: conjugate
pairs give |1 − z|², real eigenvalues positive factors. det(I − K) = Π(1 − z) over the eigenvalues of K;
conjugate pairs and real eigenvalues < 1 give positive factors, each real eigenvalue > 1 a negative one, the
eigenvalue 1 zero.

Machine-checked. N = 2, 3, 4: Cramer's rule. N = 2, 3: det(I − J) > 0 and the three signs from that of det(I
− K). Two frozen models: det(I − K) from a real pair of eigenvalues, and positive for a conjugate pair.
"""

from __future__ import annotations

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.whole_map import stable_scalar_models
from proofs_check.encoding.matrices import determinant, identity_minus, inverse, without
from proofs_check.encoding.relations import equal, negative, positive, unequal
from proofs_check.encoding.symbols import column, entries, matrix, point, reals, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import SchurStable, Statement
from theory.analysis import Analysis

_SIZES = (2, 3, 4)
_STABLE: dict[int, dict[str, list[list[int | str]]]] = {
    2: {"> 0": [["1/2", "1/4"], ["1/4", "1/2"]], "< 0": [["-3/4", -2], [1, "3/2"]]},
    3: {
        "> 0": [["1/4", 0, 0], [0, "1/4", 0], [0, 0, "1/4"]],
        "< 0": [["-3/4", -2, 0], [1, "3/2", 0], [0, 0, "1/4"]],
    },
}


def claim() -> Claim:
    """The claim ``influence.frozen-rest``."""
    return Claim(
        id="influence.frozen-rest",
        title="N scalar models: self-influence flips iff the rest alone runs away an odd number of times",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "Scalar states, ρ(J) < 1, knob on row i only: [(I − J)⁻¹]ᵢᵢ = det(I − K)/det(I − J) with K the "
            "rest, "
            "i frozen; negative iff K has no eigenvalue 1 and an odd number of real eigenvalues > 1, zero "
            "iff K "
            "has the eigenvalue 1."
        ),
        latex=r"[(I-J)^{-1}]_{ii}=\frac{\det(I-J_{-i})}{\det(I-J)},\qquad\det(I-J)>0",
        hypotheses=("One state a model.", "ρ(J) < 1.", "The knob enters the update of model i only."),
        cases=(
            *(_cramer(n) for n in _SIZES),
            *(_sign(n, sign) for n in _STABLE for sign in _STABLE[n]),
            _real_pair(),
            _conjugate_pair(),
        ),
        scope="N = 2, 3 symbolic (Cramer N ≤ 4); every N by the argument",
        sharpness=(_vector_state(), _unstable(), _knob_elsewhere()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether ρ(J) < 1 in an ecosystem of models with one state each."""
    return stable_scalar_models("influence.frozen-rest", analysis)


def _cramer(n: int) -> Case:
    jacobian = matrix("J", n, n)
    field = identity_minus(jacobian)
    quotient = determinant(without(field, 0, 0)) / determinant(field)
    return Case(
        name=f"N = {n}, Cramer's rule",
        statement=Statement(
            variables=variables(jacobian),
            hypotheses=(unequal(determinant(field)),),
            conclusions=(equal(inverse(field)[0, 0], quotient),),
        ),
        witness=point(entries({jacobian: [["1/8"] * n] * n})),
    )


def _sign(n: int, sign: str) -> Case:
    jacobian = matrix("J", n, n)
    field = identity_minus(jacobian)
    rest = determinant(without(field, 0, 0))
    entry = rest / determinant(field)
    relation = {"> 0": positive, "< 0": negative}[sign]
    return Case(
        name=f"N = {n}, det(I − K) {sign}",
        statement=Statement(
            variables=variables(jacobian),
            hypotheses=(SchurStable(jacobian), relation(rest), unequal(determinant(field))),
            conclusions=(positive(determinant(field)), relation(entry)),
        ),
        witness=point(entries({jacobian: _STABLE[n][sign]})),
    )


def _real_pair() -> Case:
    """z_1 + z_2 = tr K and z_1 z_2 = det K give det(I − K) = (1 − z_1)(1 − z_2)."""
    rest = matrix("K", 2, 2)
    first, second = reals("z1 z2")
    return Case(
        name="two frozen models, real eigenvalues",
        statement=Statement(
            variables=variables(rest, first, second),
            hypotheses=(
                equal(first + second, rest[0, 0] + rest[1, 1]),
                equal(first * second, determinant(rest)),
            ),
            conclusions=(equal(determinant(identity_minus(rest)), (1 - first) * (1 - second)),),
        ),
        witness=point(entries({rest: [[1, 0], [0, 2]]}) | {first: 1, second: 2}),
    )


def _conjugate_pair() -> Case:
    """z = x ± iy with y ≠ 0: det(I − K) = (1 − x)² + y²."""
    rest = matrix("K", 2, 2)
    real_part, imaginary_part = reals("x y")
    square = (1 - real_part) ** 2 + imaginary_part**2
    return Case(
        name="two frozen models, conjugate eigenvalues",
        statement=Statement(
            variables=variables(rest, real_part, imaginary_part),
            hypotheses=(
                equal(2 * real_part, rest[0, 0] + rest[1, 1]),
                equal(real_part**2 + imaginary_part**2, determinant(rest)),
                unequal(imaginary_part),
            ),
            conclusions=(equal(determinant(identity_minus(rest)), square),),
        ),
        witness=point(entries({rest: [[0, -1], [1, 0]]}) | {real_part: 0, imaginary_part: 1}),
    )


def _unstable() -> Sharpness:
    """J = diag(3, 0): the rest is stable, and yet det(I − J) < 0."""
    unstable = point(entries({matrix("J", 2, 2): [[3, 0], [0, 0]]}))
    return dropping(_sign(2, "> 0"), SchurStable(matrix("J", 2, 2)), hypothesis=1, point=unstable)


def _vector_state() -> Sharpness:
    """One model with two states: no rest at all, and yet a reward gradient g sees its knob a inverted."""
    jacobian, knob, reward = matrix("J", 2, 2), column("a", 2), column("g", 2)
    field = identity_minus(jacobian)
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=variables(jacobian, knob, reward),
            hypotheses=(
                SchurStable(jacobian),
                unequal(determinant(field)),
                positive((reward.T * knob)[0, 0]),
            ),
            conclusions=(positive((reward.T * inverse(field) * knob)[0, 0]),),
        ),
        point=point(entries({jacobian: [[-2, -4], [1, 2]], knob: [[1], [0]], reward: [[1], [0]]})),
    )


def _knob_elsewhere() -> Sharpness:
    """The rest runs away, but the knob pushes it too: model 1 ends up 3, not below 0."""
    jacobian, knob = matrix("J", 2, 2), column("a", 2)
    field = identity_minus(jacobian)
    return Sharpness(
        hypothesis=2,
        weakened=Statement(
            variables=variables(jacobian, knob),
            hypotheses=(
                SchurStable(jacobian),
                unequal(determinant(field)),
                negative(determinant(without(field, 0, 0))),
                positive(knob[0]),
            ),
            conclusions=(negative((inverse(field) * knob)[0]),),
        ),
        point=point(entries({jacobian: [[-2, -4], [1, 2]], knob: [[1], [-1]]})),
    )
