"""Robustness: from which share of adversaries on a model's alignment falls, in one round and at equilibrium.

The flow: `adversarial` (an ecosystem with a symbolic share), `measures` (what may fall), `one_round` and
`equilibrium_curve` with `along_curve` (what becomes of it as the share grows), `course` (where it falls,
enclosed), `report` (all of it for one ecosystem).
"""
