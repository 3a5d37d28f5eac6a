"""Filings that other channels took down: a table is checked cell by cell, then taken over whole or not at all."""
