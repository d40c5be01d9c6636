"""The Compare page beyond its script.

family  what the comparison starts with
models  which models, which images and which eps, so that only the models differ
saved   all of it as one picture
"""
