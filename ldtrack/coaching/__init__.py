"""Coaching: engagements, agreements, sessions, notes, milestones and actions."""
