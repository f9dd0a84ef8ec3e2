"""Influence: how a knob moves alignment at an equilibrium, with proved signs."""

from theory.influence.result import Influence, InfluenceVerdict, Sign

__all__ = ["Influence", "InfluenceVerdict", "Sign"]
