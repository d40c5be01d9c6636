"""The Compare page beyond its script.

models  which models, which images and which eps, so that only the models differ
"""
