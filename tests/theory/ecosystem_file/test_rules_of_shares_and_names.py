"""Files that break a rule about shares, starts, order, parameters or names are refused."""

from __future__ import annotations

import pytest
from strategies.ecosystem_texts import ecosystem

from theory.ecosystem_file import from_text
from theory.errors import InvalidInput

REJECTED = {
    "shares that miss 1": (
        ecosystem(p__reads='{ from = "q", share = "2/5" }'),
        "models.p: expected shares .* that sum to 1, .*, found a sum of 9/10$",
    ),
    "shares equal at the value only": (
        ecosystem(p__reads='{ from = "p", share = "3/10" }, { from = "q", share = "lam" }'),
        r"models.p: expected shares .* identically .* a sum of lam \+ 4/5 \(1 at the parameters' values\)",
    ),
    "nothing read": (ecosystem(p__reads=""), "models.p: expected shares .*, found a sum of 1/2$"),
    "a negative share": (
        ecosystem(p__reads='{ from = "p", share = "1/2 + lam" }, { from = "q", share = "-lam" }'),
        r"models.p.reads\[1\].share: expected a share in \[0, 1\], found -1/5",
    ),
    "a real share above 1": (
        ecosystem(p__real="share = 1.5, mean = 0, variance = 1"),
        r"models.p.real.share: expected a share in \[0, 1\], found 3/2",
    ),
    "huge shares": (
        ecosystem(
            parameters="lam = { value = 0 }\na = { value = 0 }\nb = { value = 0 }\nc = { value = 0 }",
            p__reads='{ from = "q", share = "(lam + a + b + c)**1000 + 1/2" }',
        ),
        "models.p: expected shares .*too large to decide",
    ),
    "no real data and no start": (
        ecosystem(p__real="", p__reads='{ from = "q", share = 1 }'),
        "models.p: expected `real` or `start`, .*, found neither",
    ),
    "a start with a share": (
        ecosystem(q='family = "gaussian"\nstart = { share = 1, mean = 5, variance = 1 }'),
        "models.q.start: expected a known key, found the unknown key 'share'",
    ),
    "a start off the family": (
        ecosystem(q='family = "gaussian"\nstart = { mean = 5, variance = 0 }'),
        "models.q.start.variance: expected a variance > 0, found 0",
    ),
    "a variance of 0": (
        ecosystem(p__real='share = "1/2", mean = 0, variance = "lam - 1/5"'),
        "models.p.real.variance: expected a variance > 0, found 0 at the parameters' values",
    ),
    "an order that misses a model": (
        ecosystem(head='order = ["p"]'),
        "order: expected every model once, found no 'q'",
    ),
    "an order that repeats a model": (
        ecosystem(head='order = ["p", "q", "p"]'),
        r"order\[2\]: expected every model once, found 'p' twice",
    ),
    "an order of strangers": (
        ecosystem(head='order = ["p", "r"]'),
        r"order\[1\]: expected the name of a model, found 'r'; known: p, q",
    ),
    "another order": (
        ecosystem(head='order = "random"'),
        "order: expected \"synchronous\" or a list .*'random'",
    ),
    "a value outside its range": (
        ecosystem(parameters='lam = { value = 0.5, range = [0, "2/5"] }'),
        r"parameters.lam.value: expected a value in the range \[0, 2/5\], found 1/2",
    ),
    "a range out of order": (
        ecosystem(parameters='lam = { value = 0, range = ["2/5", 0] }'),
        "parameters.lam.range: expected a range whose ends are in order",
    ),
    "a value over parameters": (
        ecosystem(parameters='lam = { value = 0 }\nmu = { value = "lam" }'),
        "parameters.mu.value: .*found 'lam' at column 1",
    ),
    "a range over parameters": (
        ecosystem(parameters='mu = { value = 0, range = [0, "lam"] }\nlam = { value = 0 }'),
        r"parameters.mu.range\[1\]: .*found 'lam'",
    ),
    "a parameter called x": (
        ecosystem(parameters="x = { value = 0 }"),
        "parameters.x: expected a name .*'x'",
    ),
    "a parameter called x2": (ecosystem(parameters="x2 = { value = 0 }"), "parameters.x2: expected a name"),
    "a parameter called pi": (ecosystem(parameters="pi = { value = 3 }"), "parameters.pi: expected a name"),
    "a parameter called exp": (
        ecosystem(parameters="exp = { value = 3 }"),
        "parameters.exp: expected a name",
    ),
    "a parameter with a dash": (
        ecosystem(parameters="a-b = { value = 3 }"),
        "parameters.a-b: expected a name",
    ),
    "a parameter in Greek": (ecosystem(parameters='"β" = { value = 3 }'), "parameters.β: expected a name"),
    "users called log": (ecosystem(tail="[users.log]\nreward = 0"), "users.log: expected a name"),
    "a model called x1": (
        ecosystem(tail='[models.x1]\nfamily = "gaussian"\nreal = { share = 1, mean = 0, variance = 1 }'),
        "models.x1: expected a name",
    ),
}


@pytest.mark.parametrize(("text", "message"), REJECTED.values(), ids=REJECTED)
def test_file_that_breaks_a_rule_is_refused(text, message):
    with pytest.raises(InvalidInput, match=message) as refusal:
        from_text(text, source="f")
    assert str(refusal.value).startswith("f: ")
