"""The inspection calendar: who visits which enterprise in a year, and where plans collide."""
