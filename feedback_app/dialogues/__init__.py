"""Dialogue conferences and "cà phê doanh nhân": from the call for proposals to what was promised and done."""
