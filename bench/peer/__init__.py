"""A peer to compare with: django-helpdesk, set up as its documentation says, in an environment of its own."""
