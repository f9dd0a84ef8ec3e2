"""The mathematics of self-consuming ecosystems.

Read in the order the theory flows: `ecosystem` (what a user wrote), `families` and
`curation` (what a model makes and what people keep of it), `update_map` (one round, exact),
`equilibrium` (certified fixed points), `stability`, `influence`, and `analysis`, which
runs the whole chain.  Nothing here knows of claims, engines or figures.
"""
