"""Mails of our own making, in every combination that has tripped a helpdesk, with known answers."""
