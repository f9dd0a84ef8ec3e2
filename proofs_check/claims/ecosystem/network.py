"""ecosystem.network: a network of models is locally stable when the matrix D of its bounds has ρ(D) < 1.

Statement. Model i is refitted to the maximiser of E_{data,i} log p_θ + λ_i Σ_j w_ij E_{p_θj} log p_θ, W
row-stochastic, λ_i ≥ 0. With constants taken at a fixed point θ*: α_i the strong concavity of the data term,
L_i the W₁-Lipschitz constant of the Hessian E_q ∇²log p_θ in the sample law q, M_i the Lipschitz constant of
∇_θ log p_θ in the sample, ε_i the largest W₁(p_θj, data_i) over the streams with w_ij > 0, and a parameter
that moves laws no faster than itself, W₁(p_θ, p_θ') ≤ |θ − θ'|. If α_i + λ_i(α_i − L_iε_i) > 0 and, with

    D = diag(b)W,   b_i = λ_iM_i/(α_i + λ_i(α_i − L_iε_i)),

ρ(D) < 1, then θ* is locally stable, and ρ(J) ≤ ρ(D). [WZZ26b] states this; the proof here is our own.

Argument. Let U_i(θ'; θ) be the objective. At θ' = θ_i* its Hessian in θ' is at most −(α_i + λ_i Σ_j w_ij (α_i
− L_i W₁(p_θj, data_i))) ≤ −(α_i + λ_i(α_i − L_iε_i)) < 0, as the rows of W sum to 1: the maximiser is smooth
in θ (implicit function theorem), and its derivative J_ij solves (∂²U_i/∂θ'²)J_ij + ∂²U_i/∂θ'∂θ_j =
0. The mixed derivative is λ_iw_ij times the derivative of E_{p_θj}∇log p_θ' in θ_j, at most M_i times the W₁
speed of p_θj, that is M_i. So |J_ij| ≤ b_iw_ij = D_ij, in operator norm when θ_i is a vector. Let r > ρ(D)
and v = (rI − D)⁻¹1 > 0, Dv ≤ rv (Perron–Frobenius). In the norm max_i |x_i|/v_i, |Σ_j J_ij x_j| ≤ Σ_j D_ij
|x_j| ≤ r v_i max_j |x_j|/v_j: ‖J‖ ≤ r, hence ρ(J) ≤ r, for every r > ρ(D).

Machine-checked. Scalar states, N = 2, 3: the bound on each link from the objective, with Hessian and mixed
derivative taken by differentiation; the step in the weighted norm; for Gaussian locations the bound is
attained, J = D = diag(λ/(1 + λ))W. N = 2, by Jury's conditions: rows of |J| below 1 (v = 1) make J stable,
and so do D ≥ 0, |J| ≤ D and ρ(D) < 1, with no weights given.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.affine_networks import stable_by_shares
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.matrices import determinant, identity_minus
from proofs_check.encoding.relations import all_nonnegative, at_least, equal, less, positive, unequal, within
from proofs_check.encoding.symbols import UNIT, Matrix, column, entries, matrix, point, real, reals, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import SchurStable, Statement
from theory.analysis import Analysis

_SIZES = (2, 3)
_STRENGTH, _CONCAVITY, _BEND, _FAR, _SMOOTH = _CONSTANTS = reals("lam alpha L eps M")


def claim() -> Claim:
    """The claim ``ecosystem.network``."""
    return Claim(
        id="ecosystem.network",
        title="A network of models is locally stable when its bounds have ρ(D) < 1",
        provenance=Provenance.STATED,
        source="WZZ26b",
        statement=(
            "Each model maximises E_data log p_θ + λᵢ Σⱼ wᵢⱼ E_{pⱼ} log p_θ; D = diag(b)W, bᵢ = λᵢMᵢ/(αᵢ + "
            "λᵢ(αᵢ − Lᵢεᵢ)) with a positive divisor, constants at the fixed point: ρ(J) ≤ ρ(D), so ρ(D) < 1 "
            "makes it locally stable."
        ),
        latex=(
            r"b_i=\frac{\lambda_iM_i}{\alpha_i+\lambda_i(\alpha_i-L_i\varepsilon_i)},\quad "
            r"D=\operatorname{diag}(b)W,\quad\rho(D)<1\;\Rightarrow\;\rho(J)\le\rho(D)<1"
        ),
        hypotheses=(
            "αᵢ + λᵢ(αᵢ − Lᵢεᵢ) > 0, with αᵢ, Lᵢ, εᵢ taken at the fixed point.",
            "W ≥ 0 with rows that sum to 1.",
            "∇_θ log p_θ is Mᵢ-Lipschitz in the sample, and W₁(p_θ, p_θ′) ≤ |θ − θ′|.",
            "ρ(D) < 1.",
        ),
        cases=(
            *(_derivatives(n) for n in _SIZES),
            _link(),
            *(_step(n) for n in _SIZES),
            _rows(),
            *_no_weights(),
            *(_attained(n) for n in _SIZES),
        ),
        scope="scalar states, N = 2, 3; every N and dimension by the argument",
        sharpness=(_needs_room(), _needs_rows(), _needs_slow_laws(), _needs_small_bounds()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether ρ(D) < 1 for location models with raw streams, where D = J is made of the shares."""
    return stable_by_shares("ecosystem.network", analysis)


def _objective(n: int) -> tuple[sympy.Expr, sympy.Symbol, Matrix, sympy.Symbol, Matrix, Matrix]:
    """Model 1's objective to second order: data curvature h, stream curvatures k_j, mixed derivatives m_j."""
    own, states, weights = real("x"), column("y", n), column("w", n)
    curvature, curved, mixed = real("h"), column("k", n), column("m", n)
    stream = [k * own**2 / 2 + m * own * y for k, m, y in zip(curved, mixed, states, strict=True)]
    pulled = sympy.Add(*(w * s for w, s in zip(weights, stream, strict=True)))
    return curvature * own**2 / 2 + _STRENGTH * pulled, own, states, curvature, curved, mixed


def _room() -> sympy.Expr:
    """α + λ(α − Lε)."""
    return _CONCAVITY + _STRENGTH * (_CONCAVITY - _BEND * _FAR)


def _derivatives(n: int) -> Case:
    """−∂²U/∂θ'² ≥ α + λ(α − Lε) and |∂²U/∂θ'∂θ_j| ≤ λ w_j M."""
    objective, own, states, curvature, curved, mixed = _objective(n)
    free = column("w", n - 1)
    last = {real(f"w{n}"): 1 - sympy.Add(*free)}
    weights = [w.xreplace(last) for w in column("w", n)]
    slopes = [objective.diff(own, y).xreplace(last) for y in states]
    symbols = (*_CONSTANTS, *free, curvature, *curved, *mixed)
    values = (1, 1, 0, 0, 1, *[f"1/{n}"] * (n - 1), -1, *[-1] * n, *[1] * n)
    return Case(
        name=f"N = {n}, second derivatives of the objective",
        statement=Statement(
            variables=variables(*symbols, typical=UNIT),
            hypotheses=(
                at_least(_STRENGTH),
                *(at_least(w) for w in weights),
                at_least(-_CONCAVITY, curvature),
                *(at_least(curvature + _BEND * _FAR, k) for k in curved),
                *(r for m in mixed for r in within(m, _SMOOTH)),
            ),
            conclusions=(
                at_least(-objective.diff(own, 2).xreplace(last), _room()),
                *(
                    r
                    for slope, w in zip(slopes, weights, strict=True)
                    for r in within(slope, _STRENGTH * w * _SMOOTH)
                ),
            ),
        ),
        witness=point(dict(zip(symbols, values, strict=True))),
    )


def _link() -> Case:
    """HJ + q = 0 with −H ≥ g > 0 and |q| ≤ s: |J| ≤ s/g, here with g = α + λ(α − Lε) and s = λwM."""
    hessian, slope, room, size = symbols = reals("H q g s")
    return Case(
        name="the bound on a link",
        statement=Statement(
            variables=variables(*symbols),
            hypotheses=(positive(room), at_least(-hessian, room), *within(slope, size)),
            conclusions=(positive(-hessian), *within(-slope / hessian, size / room)),
        ),
        witness=point(dict(zip(symbols, (-2, 1, 1, 1), strict=True))),
        suspects=(point(dict(zip(symbols, ("-1/200", 0, "1/200", 0), strict=True))),),
    )


def _step(n: int) -> Case:
    """|J_1j| ≤ D_1j, |x_j| ≤ s v_j and Σ D_1j v_j ≤ r v_1 give Σ J_1j x_j ≤ r s v_1; likewise for −J."""
    links, bounds, weight, error = (column(name, n) for name in "JDvx")
    radius, size = reals("r s")
    same = {generic: [[f"1/{2 * n}"]] * n for generic in (links, bounds)}
    return Case(
        name=f"N = {n}, the step in the weighted norm",
        statement=Statement(
            variables=variables(links, bounds, weight, error, radius, size, typical=UNIT),
            hypotheses=(
                *(r for j, d in zip(links, bounds, strict=True) for r in within(j, d)),
                *(r for e, v in zip(error, weight, strict=True) for r in within(e, size * v)),
                at_least(size),
                at_least(radius * weight[0], bounds.dot(weight)),
            ),
            conclusions=(at_least(radius * size * weight[0], links.dot(error)),),
        ),
        witness=point(entries(same | {weight: [[1]] * n, error: [[1]] * n}) | {radius: "1/2", size: 1}),
    )


def _rows() -> Case:
    """N = 2, rows of |J| below 1, J = P − Q with P, Q ≥ 0: J is stable."""
    up, down = matrix("P", 2, 2), matrix("Q", 2, 2)
    return Case(
        name="N = 2, rows of |J| below 1",
        statement=Statement(
            variables=variables(up, down, typical=UNIT),
            hypotheses=(
                *all_nonnegative(up),
                *all_nonnegative(down),
                *(less(sympy.Add(*up.row(i), *down.row(i)), 1) for i in range(2)),
            ),
            conclusions=(SchurStable(Matrix(up - down)),),
        ),
        witness=point(entries({up: [["1/4"] * 2] * 2, down: [["1/8"] * 2] * 2})),
    )


def _no_weights() -> tuple[Case, Case]:
    """N = 2, no weights: D ≥ 0 with ρ(D) < 1 has D_11, D_22 < 1; then |J| ≤ D makes J stable."""
    links, bounds = matrix("J", 2, 2), matrix("D", 2, 2)
    below = (less(bounds[0, 0], 1), less(bounds[1, 1], 1))
    inside = tuple(r for j, d in zip(links, bounds, strict=True) for r in within(j, d))
    shares = {bounds: [["1/4", "1/3"]] * 2}
    return (
        Case(
            name="N = 2, D ≥ 0 with ρ(D) < 1",
            statement=Statement(
                variables=variables(bounds, typical=UNIT),
                hypotheses=(*all_nonnegative(bounds), SchurStable(bounds)),
                conclusions=(*below, positive(determinant(identity_minus(bounds)))),
            ),
            witness=point(entries(shares)),
        ),
        Case(
            name="N = 2, |J| ≤ D",
            statement=Statement(
                variables=variables(links, bounds, typical=UNIT),
                hypotheses=(*inside, *below, positive(determinant(identity_minus(bounds)))),
                conclusions=(SchurStable(links),),
            ),
            witness=point(entries({links: [["1/4", "-1/4"]] * 2} | shares)),
        ),
    )


def _attained(n: int) -> Case:
    """Gaussian locations with real mean c: x' from the objective's derivative, J = λ/(1 + λ) W."""
    own, centre, strength = reals("x c lam")
    states, weights = column("y", n), column("w", n)
    free = {weights[n - 1]: 1 - sympy.Add(*list(weights)[: n - 1])}
    squares = [w * (own - y) ** 2 for w, y in zip(weights, states, strict=True)]
    objective = (-((own - centre) ** 2) / 2 - strength * sympy.Add(*squares) / 2).xreplace(free)
    fitted = sympy.solve(objective.diff(own), own)[0]
    kept = list(weights)[: n - 1]
    return Case(
        name=f"N = {n}, attained by Gaussian locations",
        statement=Statement(
            variables=variables(strength, *kept),
            hypotheses=(unequal(1 + strength),),
            conclusions=tuple(
                equal(sympy.cancel(fitted.diff(y)), (strength / (1 + strength) * w).xreplace(free))
                for y, w in zip(states, weights, strict=True)
            ),
        ),
        witness=point({strength: 1} | dict.fromkeys(kept, f"1/{n}")),
    )


def _needs_room() -> Sharpness:
    """Curvature towards the others of the wrong sign: H = −1 and a divisor g < 0."""
    case = _link()
    symbols = reals("H q g s")
    at = point(dict(zip(symbols, (-1, 1, -1, 1), strict=True)))
    return dropping(case, positive(symbols[2]), hypothesis=0, point=at)


def _needs_rows() -> Sharpness:
    """Shares that sum to 2, streams of curvature +1/2: the Hessian is 0, above −1/2."""
    symbols = strength, first, second, curvature, bend = reals("lam w1 w2 h Le")
    objective_bend = curvature + strength * (first + second) * (curvature + bend)
    room = -curvature + strength * (-curvature - bend)
    return Sharpness(
        hypothesis=1,
        weakened=Statement(
            variables=variables(*symbols),
            hypotheses=(
                at_least(strength),
                at_least(first),
                at_least(second),
                less(curvature, 0),
                positive(room),
            ),
            conclusions=(at_least(-objective_bend, room),),
        ),
        point=point(dict(zip(symbols, (1, 1, 1, -1, "3/2"), strict=True))),
    )


def _needs_slow_laws() -> Sharpness:
    """N(sθ, 1) with s = 2: α = 4 and M = 2, D = 1/4 for one model that reads itself, λ = 1, while J = 1/2."""
    scale, strength, own, other, sample = reals("s lam x y z")
    log_density = -((sample - scale * own) ** 2) / 2
    concavity, smooth = -log_density.diff(own, 2), log_density.diff(own, sample)
    objective = log_density + strength * log_density.xreplace({sample: scale * other})
    link = sympy.cancel(-objective.diff(own, other) / objective.diff(own, 2))
    return Sharpness(
        hypothesis=2,
        weakened=Statement(
            variables=variables(scale, strength),
            hypotheses=(positive(scale), at_least(strength)),
            conclusions=(at_least(strength * smooth / (concavity * (1 + strength)), link),),
        ),
        point=point({scale: 2, strength: 1}),
    )


def _needs_small_bounds() -> Sharpness:
    """ρ(D) = 1 with J = D: a state that nothing pulls back."""
    links, bounds = matrix("J", 2, 2), matrix("D", 2, 2)
    swap = [[0, 1], [1, 0]]
    return Sharpness(
        hypothesis=3,
        weakened=Statement(
            variables=variables(links, bounds),
            hypotheses=(
                *all_nonnegative(bounds),
                *(r for j, d in zip(links, bounds, strict=True) for r in within(j, d)),
            ),
            conclusions=(positive(determinant(identity_minus(links))),),
        ),
        point=point(entries({links: swap, bounds: swap})),
    )
