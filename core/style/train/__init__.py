"""Adapters: trained, kept, loaded, and what one has learnt."""
