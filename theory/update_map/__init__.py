"""Update map: one round of retraining, derived exactly and printed readably."""

from theory.update_map.derivation import Knob as Knob
from theory.update_map.derivation import KnobKind as KnobKind
from theory.update_map.derivation import UpdateMap as UpdateMap
from theory.update_map.derivation import derive as derive
from theory.update_map.derivation import state_symbols as state_symbols
