"""Models with one state each: what their variance functions decide."""
