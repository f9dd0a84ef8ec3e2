"""gaussian.shared-pool: models that share one training pool behave as one model with many user groups.

Statement. N mean–variance Gaussians with identical rows: each is refitted to the same pool, real data N(M, V)
of share a > 0 and, of share w_j, model j's output as its users choose it by the linear reward t_j x, K = ∞
(a + Σ w_j = 1). The knob t_1 is the producer's: it acts on every stream made from model 1. With k = Σ w_j t_j
and Γ = k²/a² + Σ w_j t_j²/a, as for one model with the groups (w_j, t_j):

    an equilibrium has every model at one law, m_i = M + kv/a and v_i = v = V + Γv²;
    the eigenvalues of J are those of the one model's and 2N − 2 zeros, so it is stable iff 2Γv < 1;
    there dm_i/dt_1 = (w_1 v/a) [1 − (2v/a) Σ_j w_j t_j (t_j − t_1)] / (1 − 2Γv) for every model i, so that
    the users of model 1 backfire iff 2v Σ_j w_j t_j (t_j − t_1) > a.

Argument. After one round every model is the moment match of the pool, so at an equilibrium all laws are one
N(m, v), and stream j is N(m + t_j v, v): the equations of gaussian.user-groups. J has N equal block rows
(B_1 … B_N), J = EB with E the N stacked 2 × 2 identities; EB has the eigenvalues of BE = Σ B_j besides zeros,
and Σ B_j is the one model's Jacobian, since its derivative in (m, v) moves all m_j = m and v_j = v at once.
∂G/∂t_1 is the same g for each model, hence dx = E y with y = (Σ B_j) y + g: the one model's equation. Signs
and stability follow from gaussian.user-groups. The knob must act on all that model 1 makes: were it to act
on one reader only, g would not be common to all.

Machine-checked. N = 2, 3: the common law from the pool's moments; det(z − J) = z^{2N−2} det(z − J_1) for all
real z, J differentiated from the 2N-dimensional update map and J_1 from the one model's; that the derivative,
taken by every model, solves (I − J)dx = ∂G/∂t_1, and that det(I − J) > 0; the criterion in both directions.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.shared_pool import shared_pool
from proofs_check.encoding.matrices import determinant, identity_minus
from proofs_check.encoding.relations import at_least, equal, less, negative, positive, with_values
from proofs_check.encoding.shared_pool import SharedPool
from proofs_check.encoding.sharp_pools import needs_identical_rows, needs_the_producer_s_knob
from proofs_check.encoding.symbols import UNIT, Matrix, point, real, reals, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import Condition, Relation, Statement, Variable
from theory.analysis import Analysis

_SIZES = (2, 3)
_SCALARS = reals("w1 a v Gamma D")
_SHARE, _A, _V, _SPREAD, _DISCORD = _SCALARS
_Values = dict[sympy.Symbol, sympy.Expr | int | str]


def claim() -> Claim:
    """The claim ``gaussian.shared-pool``."""
    sized = [make(SharedPool(n)) for make in (_common_law, _spectrum, _derivative) for n in _SIZES]
    return Claim(
        id="gaussian.shared-pool",
        title="Models on one shared pool: the criterion of one model with many user groups",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "N mean–variance Gaussians refitted to one pool (real share a > 0, shares w_j curated by their "
            "producers' users with tilts t_j): every law is the one model's with groups (w_j, t_j), J has "
            "its eigenvalues and zeros, and dm_i/dt₁ is its dm/dt₁ for every i: the users of model 1 "
            "backfire iff 2vΣ w_j t_j(t_j − t₁) > a."
        ),
        latex=(
            r"\frac{dm_i^*}{dt_1}=\frac{w_1v}{a}\,\frac{1-\frac{2v}{a}\sum_jw_jt_j(t_j-t_1)}{1-2\Gamma v}"
            r"\quad(i=1,\dots,N),\qquad\det(z-J)=z^{2N-2}\det(z-J_1)"
        ),
        hypotheses=(
            "N mean–variance Gaussians with identical rows, real data included; K = ∞, linear rewards.",
            "Real share a > 0, w_1 > 0, w_j ≥ 0; variance v > 0.",
            "The equilibrium is stable, 2Γv < 1.",
            "The knob is the producer's: it acts on every stream made from model 1.",
        ),
        cases=(*sized, _criterion(), _no_backfire()),
        scope="N = 2, 3 symbolic; any N by the argument",
        sharpness=(
            needs_identical_rows(0),
            _without(_criterion(), positive(_SHARE), 1, (0, "1/2", 1, "1/4", 1)),
            _without(_no_backfire(), _below_fold(_SPREAD, _V), 2, ("1/2", "1/2", "3/8", 2, 0)),
            needs_the_producer_s_knob(3),
        ),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether some model's users meet the backfire criterion on one shared pool, with its slack."""
    return shared_pool("gaussian.shared-pool", analysis)


def _base(pool: SharedPool) -> _Values:
    """The shares and tilts of `user-groups.toml`, with a third model of share 0 where there are three."""
    groups = pool.groups
    shares, tilts = ("1/6", "1/3", 0), ("1/2", "-2/3", 1)
    n = pool.models
    return dict(zip((*groups.shares, *groups.tilts), (*shares[:n], *tilts[:n]), strict=True))


def _common_law(pool: SharedPool) -> Case:
    """x = G(x): all laws are one, with m = M + kv/a and v = V + Γv²."""
    groups, (real_mean, real_variance) = pool.groups, pool.groups.real_law
    means, spreads = pool.state[::2], pool.state[1::2]
    mean, variance = means[0], spreads[0]
    known = _base(pool) | {real_mean: "5/18", real_variance: "44/81"}
    known |= dict(zip(pool.state, (0, 1) * pool.models, strict=True))
    return Case(
        name=f"N = {pool.models}, one common law",
        statement=Statement(
            variables=(*groups.variables[:-1], *variables(real_mean, real_variance, *pool.state)),
            hypotheses=(*groups.hypotheses()[:-1], *pool.stationary()),
            conclusions=(
                *(equal(m, mean) for m in means[1:]),
                *(equal(v, variance) for v in spreads[1:]),
                equal(mean, real_mean + groups.total_tilt * variance / groups.real_share),
                equal(variance, real_variance + groups.spread * variance**2),
            ),
        ),
        witness=point(known),
    )


def _spectrum(pool: SharedPool) -> Case:
    """det(z − J) = z^{2N−2} det(z − J_1)."""
    z = real("z")
    whole, single = pool.jacobian, pool.groups.equilibrium_jacobian
    return _case(
        "the one model's eigenvalues and zeros",
        pool,
        (),
        (equal(_characteristic(whole, z), z ** (2 * pool.models - 2) * _characteristic(single, z)),),
        {z: "1/2", pool.groups.state[1]: 1},
        variables(z),
    )


def _characteristic(square: Matrix, z: sympy.Symbol) -> sympy.Expr:
    return determinant(Matrix(z * sympy.eye(square.rows) - square))


def _case(
    name: str,
    pool: SharedPool,
    hypotheses: tuple[Condition, ...],
    conclusions: tuple[Condition, ...],
    witness: _Values,
    extra: tuple[Variable, ...] = (),
) -> Case:
    return Case(
        name=f"N = {pool.models}, {name}",
        statement=pool.groups.implication(hypotheses, conclusions, extra),
        witness=point(_base(pool) | witness),
    )


def _derivative(pool: SharedPool) -> Case:
    """Every model moves as the one model: the only solution of (I − J)dx = ∂G/∂t_1."""
    groups = pool.groups
    a, v = groups.real_share, groups.state[1]
    narrower = 1 - 2 * groups.spread * v
    mean = _formula(groups.shares[0], a, v, groups.spread, groups.discord)
    variance = v**2 * groups.spread.diff(groups.tilts[0]) / narrower
    moved = dict(zip(pool.moves, (mean, variance) * pool.models, strict=True))
    return _case(
        "derivative of every model",
        pool,
        (_below_fold(groups.spread, v),),
        (
            *(with_values(equation, moved) for equation in pool.linearised()),
            positive(determinant(identity_minus(pool.jacobian))),
        ),
        {v: 1},
    )


def _formula(
    share: sympy.Expr, a: sympy.Expr, v: sympy.Expr, spread: sympy.Expr, discord: sympy.Expr
) -> sympy.Expr:
    """dm/dt_1 of one model with the models' users as groups."""
    return share * v / a * (1 - 2 * v / a * discord) / (1 - 2 * spread * v)


def _below_fold(spread: sympy.Expr, variance: sympy.Expr) -> Relation:
    """2Γv < 1."""
    return less(2 * spread * variance, 1)


def _criterion() -> Case:
    """2v Σ_j w_j t_j (t_j − t_1) > a makes dm_i/dt_1 negative."""
    loses = less(_A, 2 * _V * _DISCORD)
    return _sign("backfires past the criterion", loses, negative(_formula(*_SCALARS)), "1")


def _no_backfire() -> Case:
    keeps = at_least(_A, 2 * _V * _DISCORD)
    return _sign("does not backfire short of it", keeps, at_least(_formula(*_SCALARS)), "1/8")


def _sign(name: str, where: Relation, conclusion: Relation, discord: str) -> Case:
    return Case(
        name=f"any N, {name}",
        statement=Statement(
            variables=variables(*_SCALARS, typical=UNIT),
            hypotheses=(positive(_SHARE), positive(_A), positive(_V), _below_fold(_SPREAD, _V), where),
            conclusions=(conclusion,),
        ),
        witness=point(dict(zip(_SCALARS, ("1/4", "1/2", 1, "1/4", discord), strict=True))),
    )


def _without(case: Case, condition: Relation, hypothesis: int, values: tuple[int | str, ...]) -> Sharpness:
    """A case without one condition, at these values of w_1, a, v, Γ and Σ_j w_j t_j (t_j − t_1)."""
    at = point(dict(zip(_SCALARS, values, strict=True)))
    return dropping(case, condition, hypothesis=hypothesis, point=at)
