"""The action programme: its tasks, the reports of agencies on them, and the obstacles in which they show."""
