"""robust.equilibrium-identity: how far a saturated model ends from its real data, for every test function.

Statement. A model that can be any law on its support is trained on real data (share a > 0), on its raw
output (share u ≥ 0) and on a curated law C of its own output (share w = 1 − a − u), whoever curates and
however. At every equilibrium p*, for every function f,

    E_{p*}f − E_real f = (w/a) (E_C f − E_{p*}f).

So if C = (1 − φ)A + φB, where a fraction φ of adversaries picks B instead of A, E_A f > E_B f and w > 0,
then E f ends below the real data iff φ exceeds f's own one-step threshold at p*, φ_f = (E_A f −
E_{p*}f)/(E_A f − E_B f). With real data (¼, ½, ¼), e^r = (½, 1, 2), adversaries s = −r, K = ∞, a = ½ and u
= 0, E e^r ends at its value in the real data for exactly one fraction, the root in [0, 1] of 11200φ³ −
31152φ² + 10020φ + 1751, φ = 0.52840680475076414752242110955542….

Argument. p* = a·real + u p* + w C gives a(p* − real) = w(C − p*); integrate f. With E_C f = E_A f − φ(E_A f
− E_B f) the right side is negative iff φ(E_A f − E_B f) > E_A f − E_{p*}f. In the example E_{p*}e^r = 9/8
makes p*_3 = 1/8 + p*_1/2, and stationarity of two atoms leaves two polynomials, of degree one in φ;
eliminating p*_1 gives the cubic. Equilibria are the stationary points on the simplex of the strictly
concave function aE_real log p + w((1 − φ) log E_p e^r + φ log E_p e^s), so p* is unique and continuous in
φ; E e^r is above its real value at φ = 0 and below it at φ = 1, hence below exactly past the one crossing.

Machine-checked. The identity for 2, 3, 4 atoms, every law C and function f; the threshold in both
directions; in the example, that a combination of the residues of two atoms under the two tilts, at E e^r =
9/8, is p*_1 φ times the cubic; and that the cubic is positive on [0, c] and negative on [c + 10⁻³², 1],
with c = 0.52840680475076414752242110955542.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.saturated_models import saturated_with_real_data
from proofs_check.encoding.relations import at_least, equal, less, negative, positive, unequal
from proofs_check.encoding.symbols import UNIT, column, entries, point, reals, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import Relation, Statement
from theory.analysis import Analysis

_SIZES = (2, 3, 4)
_A, _RAW, _PHI = reals("a u phi")
_ENDS, _REAL, _HONEST, _OTHER = _MEANS = reals("x m A B")
_REAL_LAW = tuple(map(sympy.Rational, ("1/4", "1/2", "1/4")))
_WEIGHTS = (sympy.Rational(1, 2), sympy.Integer(1), sympy.Integer(2))
CROSSING = (
    sympy.Rational(52840680475076414752242110955542, 10**32),
    sympy.Rational(52840680475076414752242110955543, 10**32),
)
"""The fraction of adversaries at which E e^r ends at its value in the real data."""


def claim() -> Claim:
    """The claim ``robust.equilibrium-identity``."""
    return Claim(
        id="robust.equilibrium-identity",
        title="Where a saturated model ends, relative to its real data",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "Saturated model with real share a > 0 and curated own share w > 0: E_{p*}f − E_real f = "
            "(w/a)(E_C f − E_{p*}f) for every f; E f ends below real data iff the adversaries exceed f's "
            "one-step threshold at p*. Real (¼,½,¼), e^r = (½,1,2), s = −r, a = ½: E e^r crosses at "
            "φ = 0.52840680475076414752242110955542…"
        ),
        latex=(
            r"\mathbb E_{p^*}f-\mathbb E_{\mathrm{real}}f=\frac wa\bigl(\mathbb E_{C(p^*)}f-\mathbb "
            r"E_{p^*}f\bigr)"
        ),
        hypotheses=(
            "The model can be any law on its support.",
            "Real share a > 0; all else it reads is its own output, raw or curated.",
            "E_A f > E_B f: the adversaries lower f against the others, and w > 0 (for the threshold).",
        ),
        cases=(
            *(_identity(n) for n in _SIZES),
            *_threshold(),
            _cubic(),
            *_isolated(),
        ),
        scope="2, 3, 4 atoms symbolic, any number by the argument; one example to 32 digits",
        sharpness=(_needs_saturation(), _needs_real_data(), _needs_opposition()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether one saturated model that reads its own curated output has real data."""
    return saturated_with_real_data("robust.equilibrium-identity", analysis)


def _identity(n: int) -> Case:
    """p = a·real + u p + (1 − a − u) C, atom by atom, gives the identity for every f."""
    law, curated, real_law, values = (column(name, n) for name in "pcqf")
    share = 1 - _A - _RAW
    ends, picked, start = (values.dot(m) for m in (law, curated, real_law))
    return Case(
        name=f"{n} atoms, the identity",
        statement=Statement(
            variables=variables(law, curated, real_law, values, _A, _RAW, typical=UNIT),
            hypotheses=(
                unequal(_A),
                *(
                    equal(p, _A * q + _RAW * p + share * c)
                    for p, q, c in zip(law, real_law, curated, strict=True)
                ),
            ),
            conclusions=(equal(ends - start, share / _A * (picked - ends)),),
        ),
        witness=point(
            entries(
                {
                    law: [[f"{2 * i + 1 + n}/{2 * n * n}"] for i in range(n)],
                    curated: [[f"{2 * i + 1}/{n * n}"] for i in range(n)],
                    real_law: [[f"1/{n}"]] * n,
                    values: [[i] for i in range(n)],
                }
            )
            | {_A: "1/2", _RAW: 0}
        ),
    )


def _stationary_means() -> Relation:
    """a(x − m) = w((1 − φ)A + φB − x): the identity for one f."""
    picked = (1 - _PHI) * _HONEST + _PHI * _OTHER
    return equal(_A * (_ENDS - _REAL), (1 - _A - _RAW) * (picked - _ENDS))


def _exceeds() -> Relation:
    """φ > φ_f."""
    return less((_HONEST - _ENDS) / (_HONEST - _OTHER), _PHI)


def _ends(name: str, where: Relation, conclusion: Relation, phi: str, real_mean: str) -> Case:
    """E f at the end (x) and in the real data (m), given E_A f and E_B f at p*."""
    return Case(
        name=name,
        statement=Statement(
            variables=variables(*_MEANS, _PHI, _A, _RAW, typical=UNIT),
            hypotheses=(
                positive(_A),
                at_least(_RAW),
                less(_RAW, 1 - _A),
                less(_OTHER, _HONEST),
                _stationary_means(),
                where,
            ),
            conclusions=(conclusion,),
        ),
        witness=point({_ENDS: 0, _HONEST: 1, _OTHER: -1, _PHI: phi, _A: "1/2", _RAW: 0, _REAL: real_mean}),
    )


def _threshold() -> tuple[Case, Case]:
    at_most = at_least((_HONEST - _ENDS) / (_HONEST - _OTHER), _PHI)
    return (
        _ends("past its threshold f ends below", _exceeds(), less(_ENDS, _REAL), "3/4", "1/2"),
        _ends("up to its threshold f does not", at_most, at_least(_ENDS, _REAL), "1/4", "-1/2"),
    )


def _law() -> tuple[tuple[sympy.Symbol, sympy.Symbol], tuple[sympy.Expr, ...], sympy.Expr, sympy.Expr]:
    """Free probabilities, the law, E e^r and E e^{−r}."""
    first, last = reals("p1 p3")
    law = (first, 1 - first - last, last)
    honest = sympy.Add(*(p * e for p, e in zip(law, _WEIGHTS, strict=True)))
    other = sympy.Add(*(p / e for p, e in zip(law, _WEIGHTS, strict=True)))
    return (first, last), law, honest, other


def _residues() -> tuple[sympy.Expr, ...]:
    """G(p) − p on the first and the last atom: half real data, half curated."""
    _, law, honest, other = _law()
    return tuple(
        _REAL_LAW[i] / 2
        + ((1 - _PHI) * law[i] * _WEIGHTS[i] / honest + _PHI * law[i] / _WEIGHTS[i] / other) / 2
        - law[i]
        for i in (0, 2)
    )


def cubic() -> sympy.Expr:
    """The polynomial in φ whose root in [0, 1] is the crossing."""
    return 11200 * _PHI**3 - 31152 * _PHI**2 + 10020 * _PHI + 1751


def _cubic() -> Case:
    """A combination of the two residues, where E e^r is as in the real data, is p_1 φ times the cubic."""
    (first, last), _, _, other = _law()
    located = {last: first / 2 + sympy.Rational(1, 8)}
    residues = [residue.xreplace(located) for residue in _residues()]
    shown = [sympy.Poly(sympy.numer(sympy.together(r)), first) for r in residues]
    scales = [sympy.cancel(sympy.denom(sympy.together(r))) for r in residues]
    (a2, a1, a0), (b2, b1, b0) = (polynomial.all_coeffs() for polynomial in shown)
    outer, upper = a2 * b0 - a0 * b2, a2 * b1 - a1 * b2
    multipliers = (first * outer * b2 + upper * b0, -first * outer * a2 - upper * a0)
    total = sympy.Add(*(m * d * r for m, d, r in zip(multipliers, scales, residues, strict=True)))
    resultant = upper * (a1 * b0 - a0 * b1) - outer**2
    constant = sympy.cancel(resultant / (_PHI * cubic()))
    return Case(
        name="the example: a cubic at the crossing",
        statement=Statement(
            variables=variables(first, _PHI, typical=UNIT),
            hypotheses=(unequal(other.xreplace(located)),),
            conclusions=(equal(total, constant * first * _PHI * cubic()),),
        ),
        witness=point({first: "1/4", _PHI: "1/2"}),
    )


def _isolated() -> tuple[Case, ...]:
    """The cubic is positive on [0, lo] and negative on [hi, 1]."""
    low, high = CROSSING

    def side(name: str, bounds: tuple[Relation, ...], conclusion: Relation, at: str) -> Case:
        return Case(
            name=f"the example: {name}",
            statement=Statement(
                variables=variables(_PHI, typical=UNIT), hypotheses=bounds, conclusions=(conclusion,)
            ),
            witness=point({_PHI: at}),
        )

    return (
        side("no crossing below", (at_least(_PHI), at_least(low, _PHI)), positive(cubic()), "1/2"),
        side("no crossing above", (at_least(_PHI, high), at_least(1, _PHI)), negative(cubic()), "3/4"),
    )


def _needs_saturation() -> Sharpness:
    """Known variance 1, real N(0, 1), tilt 1, a = w = ½: the mean moves to 1, and E x² by 1, not by 3."""
    mean, share, tilt = reals("m a t")
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=variables(mean, share, tilt),
            hypotheses=(positive(share), equal(mean, (1 - share) * (mean + tilt))),
            conclusions=(equal(mean**2, (1 - share) / share * ((mean + tilt) ** 2 - mean**2)),),
        ),
        point=point({mean: 1, share: "1/2", tilt: 1}),
    )


def _needs_real_data() -> Sharpness:
    """Without real data p* = C at the threshold itself, whatever m is: here x < m."""
    case = _threshold()[1]
    at = point({_ENDS: 0, _HONEST: 1, _OTHER: -1, _PHI: "1/2", _A: 0, _RAW: 0, _REAL: 1})
    return dropping(case, positive(_A), hypothesis=1, point=at)


def _needs_opposition() -> Sharpness:
    """Adversaries who raise f: past the quotient, f ends above."""
    case = _threshold()[0]
    at = point({_ENDS: 0, _HONEST: -1, _OTHER: 1, _PHI: "3/4", _A: "1/2", _RAW: 0, _REAL: "-1/2"})
    return dropping(case, less(_OTHER, _HONEST), hypothesis=2, point=at)
