"""Plain text with mathematical signs as LaTeX that needs no special engine or font."""

from __future__ import annotations

import unicodedata

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "–": "--",
    "—": "---",
    "…": r"\ldots{}",
    "\u00a0": "~",
} | {sign: f"\\{sign}" for sign in "#$%&_{}"}
_MATHEMATICS = {
    "<": "<",
    ">": ">",
    "|": "|",
    "±": r"\pm",
    "·": r"\cdot",
    "×": r"\times",
    "−": "-",
    "≤": r"\le",
    "≥": r"\ge",
    "≠": r"\ne",
    "≈": r"\approx",
    "≡": r"\equiv",
    "→": r"\to",
    "↦": r"\mapsto",
    "⇒": r"\Rightarrow",
    "⇔": r"\Leftrightarrow",
    "∈": r"\in",
    "∂": r"\partial",
    "∇": r"\nabla",
    "∞": r"\infty",
    "∘": r"\circ",
    "⊗": r"\otimes",
    "√": r"\surd",
    "Σ": r"\sum",
    "∑": r"\sum",
    "∏": r"\prod",
    "∫": r"\int",
    "∅": r"\emptyset",
    "⟨": r"\langle",
    "⟩": r"\rangle",
    "‖": r"\|",
    "′": "'",
    "″": "''",
    "ℓ": r"\ell",
    "≻": r"\succ",
    "⪰": r"\succeq",
    "≽": r"\succeq",
    "∪": r"\cup",
    "∩": r"\cap",
    "⊆": r"\subseteq",
    "∀": r"\forall",
    "∃": r"\exists",
    "½": r"\tfrac12",
    "ᵀ": r"^{\top}",
}


def plain(text: str) -> str:
    r"""`text` as LaTeX outside mathematics; a sign without a LaTeX form becomes its code, ``[U+2603]``.

    Examples
    --------
    >>> print(plain("ρ(J_ij) < 1, 50 %"))
    \ensuremath{\rho}(J\_ij) \ensuremath{<} 1, 50 \%
    >>> print(plain("(I − D)⁻¹"))
    (I \ensuremath{-} D)\ensuremath{^{-1}}
    """
    pieces: list[str] = []
    raised = ""
    for sign in text:
        kind, shifted = _shifted(sign)
        if raised and kind != raised:
            pieces.append("}}")
        if kind and kind != raised:
            pieces.append(f"\\ensuremath{{{kind}{{")
        raised = kind
        pieces.append(shifted if kind else _upright(sign))
    return "".join(pieces) + ("}}" if raised else "")


def typewriter(text: str) -> str:
    r"""`text` in typewriter type that may break after a dot or a hyphen.

    Examples
    --------
    >>> print(typewriter("open.own-sign"))
    \texttt{open.\allowbreak{}own-\allowbreak{}sign}
    """
    escaped = plain(text)
    for sign in ".-":
        escaped = escaped.replace(sign, f"{sign}\\allowbreak{{}}")
    return f"\\texttt{{{escaped}}}"


def _upright(sign: str) -> str:
    if sign in _SPECIAL:
        return _SPECIAL[sign]
    if sign in _MATHEMATICS:
        return f"\\ensuremath{{{_MATHEMATICS[sign]}}}"
    if " " <= sign <= "\u024f":  # ASCII and the Latin letters with accents
        return sign
    return f"\\ensuremath{{{_greek(sign)}}}"


def _shifted(sign: str) -> tuple[str, str]:
    """(``^`` or ``_``, the letter) of a raised or lowered letter; empty for others."""
    if sign in _MATHEMATICS or sign in _SPECIAL:
        return "", ""
    kind, _, code = unicodedata.decomposition(sign).partition(" ")
    if kind not in ("<super>", "<sub>"):
        return "", ""
    letter = chr(int(code, 16)).replace("−", "-")
    return "^" if kind == "<super>" else "_", letter if letter.isascii() else f"{{{_greek(letter)}}}"


def _greek(sign: str) -> str:
    words = unicodedata.name(sign, "").split()
    if words[:1] != ["GREEK"] or words[-2:-1] != ["LETTER"]:
        return f"\\text{{[U+{ord(sign):04X}]}}"
    name = words[-1].lower().replace("lamda", "lambda")  # Unicode's own spelling
    return f"\\{name.capitalize() if words[1] == 'CAPITAL' else name}"
