"""What happens to sealed reports. Sessions come first, nobody commits."""
