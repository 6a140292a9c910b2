"""Lichang 立场: stance and argument pipeline for Chinese policy text."""
