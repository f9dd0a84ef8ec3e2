"""What elimination proves does not depend on how an equation among the hypotheses is written."""

from __future__ import annotations

import pytest
from strategies.statements import EQ, GE, GT, LE, LT, case, implication, real, relation
from sympy import Rational, expand

from proofs_check.evidence.evidence import audit
from proofs_check.evidence.verdict import Verdict
from proofs_check.registry import engine
from theory.budget import Budget

G, X, Y, Z, U, V = real("g x y z u v")

WRITINGS = {
    "as it is": lambda left, right: relation(left, EQ, right),
    "sides swapped": lambda left, right: relation(right, EQ, left),
    "all on the left": lambda left, right: relation(left - right, EQ),
    "all on the right": lambda left, right: relation(0, EQ, right - left),
    "expanded": lambda left, right: relation(expand(left), EQ, expand(right)),
    "a term moved": lambda left, right: relation(
        left - expand(right).as_ordered_terms()[0], EQ, right - expand(right).as_ordered_terms()[0]
    ),
    "times −3": lambda left, right: relation(-3 * left, EQ, -3 * right),
    "times 1/7": lambda left, right: relation(left / 7, EQ, right / 7),
    "times a large number": lambda left, right: relation(10**30 * left, EQ, 10**30 * right),
    "swapped, times −2/5": lambda left, right: relation(Rational(-2, 5) * right, EQ, Rational(-2, 5) * left),
}

BOUNDS = [relation(G, GE), relation(G, LT, 1), relation(Y, GE), relation(Y, LE, 1), relation(Z, GT)]
LOOP = ((X * (1 - G * Y), Z),)
CHAIN = ((U * (1 - G * Y), Z), (V * (2 - G), U), (X, V + U))
PLACES = {
    "loop": (LOOP, (X, Y, Z, G), {X: 1, Y: 0, Z: 1, G: 0}),
    "chain": (CHAIN, (X, Y, Z, G, U, V), {X: Rational(3, 2), Y: 0, Z: 1, G: 0, U: 1, V: Rational(1, 2)}),
}
CONCLUSIONS = {
    ("loop", "identity"): relation(X, EQ, Z / (1 - G * Y)),
    ("loop", "bernstein"): relation(X, GE, Z),
    ("loop", "products"): relation(X, GT),
    ("chain", "identity"): relation(X * (2 - G), EQ, Z * (3 - G) / (1 - G * Y)),
    ("chain", "bernstein"): relation(V, GT),
}


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize(("place", "name"), CONCLUSIONS, ids=str)
def test_every_writing_is_proved(place, name, writing):
    equations, symbols, witness = PLACES[place]
    hypotheses = [*(WRITINGS[writing](*pair) for pair in equations), *BOUNDS]
    about = case(implication(symbols, hypotheses, [CONCLUSIONS[place, name]]), witness)
    found = audit(engine(name).check(about, Budget(seconds=20.0)), about)
    assert found.verdict is Verdict.PROVED
    assert not found.alarm


@pytest.mark.parametrize("turn", range(3))
def test_the_order_of_the_equations_does_not_matter(turn):
    equations, symbols, witness = PLACES["chain"]
    turned = [relation(left, EQ, right) for left, right in (*equations[turn:], *equations[:turn])]
    for name in ("identity", "bernstein"):
        conclusion = CONCLUSIONS["chain", name]
        about = case(implication(symbols[::-1], [*BOUNDS, *turned], [conclusion]), witness)
        assert audit(engine(name).check(about, Budget(seconds=20.0)), about).verdict is Verdict.PROVED


@pytest.mark.parametrize("writing", WRITINGS)
def test_a_false_one_is_proved_in_no_writing(writing):
    hypotheses = [WRITINGS[writing](*LOOP[0]), *BOUNDS]
    symbols, witness = PLACES["loop"][1:]
    about = case(implication(symbols, hypotheses, [relation(X, LE, 2 * Z)]), witness)
    for name in ("bernstein", "products", "sign-product"):
        assert audit(engine(name).check(about, Budget(seconds=20.0)), about).verdict is not Verdict.PROVED
    assert audit(engine("falsification").check(about, Budget(seconds=20.0)), about).verdict is Verdict.REFUTED
