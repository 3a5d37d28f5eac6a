"""Benchmarks: figures as ratios within one run on one machine. ``python -m bench`` runs them all."""
