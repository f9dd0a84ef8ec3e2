"""Two Gaussians near a shared pool, without one hypothesis: exact counterexamples to the pool's criterion."""

from __future__ import annotations

import sympy

from proofs_check.encoding.gaussian_network import GaussianNetwork, Link
from proofs_check.encoding.matrices import identity_minus
from proofs_check.encoding.relations import at_least, equal, less, positive
from proofs_check.encoding.shared_pool import SharedPool
from proofs_check.encoding.symbols import Matrix, matrix, point, real, reals, variables
from proofs_check.sharpness import Sharpness
from proofs_check.statements.statement import Relation, SchurStable, Statement

_TILTS = reals("t1 t2")
_VARIANCE = real("v")
_Values = dict[sympy.Symbol, sympy.Expr]


def needs_identical_rows(hypothesis: int) -> Sharpness:
    """Model 2 reads real data only: model 1 meets the criterion of its own row, and gains."""
    shares = matrix("w", 2, 2)
    links = tuple(
        Link(reader=i + 1, producer=j + 1, share=shares[i, j], tilt=_TILTS[j])
        for i in range(2)
        for j in range(2)
    )
    network = GaussianNetwork(2, links)
    common = dict(zip(network.state, (sympy.S.Zero, _VARIANCE) * 2, strict=True))
    jacobian = Matrix(network.jacobian.xreplace(common))
    direct = Matrix(network.response([_TILTS[0]]).xreplace(common))
    moves = _moves(network.state)
    discord = sympy.Add(*(shares[0, j] * t * (t - _TILTS[0]) for j, t in enumerate(_TILTS)))
    symbols = (*shares, *_TILTS, _VARIANCE)
    known = _rational(symbols, ("1/6", "1/3", 0, 0, "1/2", "-2/3", 1))
    return Sharpness(
        hypothesis=hypothesis,
        weakened=Statement(
            variables=variables(*symbols, *moves),
            hypotheses=(
                positive(shares[0, 0]),
                *(at_least(w) for w in shares),
                *(positive(network.real_share(i)) for i in (1, 2)),
                positive(_VARIANCE),
                SchurStable(jacobian),
                less(network.real_share(1), 2 * _VARIANCE * discord),
                *_linearised(jacobian, direct, moves),
            ),
            conclusions=(at_least(-moves[0]),),
        ),
        point=point(known | _answer(jacobian, direct, moves, known)),
    )


def needs_the_producer_s_knob(hypothesis: int) -> Sharpness:
    """Users who choose more strongly in the own stream only: the criterion holds, and the own mean rises."""
    pool = SharedPool(2)
    groups = pool.groups
    direct = Matrix([*pool.direct[:2], 0, 0])
    known = _rational(
        (*groups.shares, *groups.tilts, groups.state[1]), ("1/6", "1/3", "1/2", "-2/3", "97/100")
    )
    below = less(2 * groups.spread * groups.state[1], 1)
    loses = less(groups.real_share, 2 * groups.state[1] * groups.discord)
    return Sharpness(
        hypothesis=hypothesis,
        weakened=Statement(
            variables=(*groups.variables, *variables(*pool.moves)),
            hypotheses=(*groups.hypotheses(), below, loses, *_linearised(pool.jacobian, direct, pool.moves)),
            conclusions=(at_least(-pool.moves[0]),),
        ),
        point=point(known | _answer(pool.jacobian, direct, pool.moves, known)),
    )


def _moves(state: tuple[sympy.Symbol, ...]) -> tuple[sympy.Symbol, ...]:
    return tuple(real(f"d{symbol.name}") for symbol in state)


def _linearised(jacobian: Matrix, direct: Matrix, moves: tuple[sympy.Symbol, ...]) -> tuple[Relation, ...]:
    """(I − J) dx = the direct effect."""
    rows = identity_minus(jacobian) * Matrix(moves)
    return tuple(equal(left, right) for left, right in zip(rows, direct, strict=True))


def _rational(symbols: tuple[sympy.Symbol, ...], values: tuple[int | str, ...]) -> _Values:
    return {symbol: sympy.Rational(value) for symbol, value in zip(symbols, values, strict=True)}


def _answer(jacobian: Matrix, direct: Matrix, moves: tuple[sympy.Symbol, ...], known: _Values) -> _Values:
    solved = identity_minus(Matrix(jacobian.xreplace(known))).LUsolve(direct.xreplace(known))
    return dict(zip(moves, solved, strict=True))
