"""The Library page beyond its script.

model_table  all models in one table
"""
