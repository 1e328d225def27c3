"""The demo's HTML report: one page without scripts from elsewhere, its pictures beside it."""
