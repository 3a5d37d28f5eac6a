"""Answers that everybody may read: proposed, redacted, shown to the enterprise, approved, taken out when outdated."""
