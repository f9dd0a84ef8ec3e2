"""Quadrature: means without a closed form, enclosed with every truncation error proved."""
