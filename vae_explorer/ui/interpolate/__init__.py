"""The Interpolate page beyond its script.

endpoints     the two ends: an encoded image each
films         the path as a GIF
path_classes  what a conditional model decodes the path as
"""
