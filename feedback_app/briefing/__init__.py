"""The morning brief: what the province's leaders must decide today, and what they said."""
