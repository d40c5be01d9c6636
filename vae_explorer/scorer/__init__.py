"""Scores of disentanglement of a checkpoint: measured in a child process, stored at once, and found again.

found    which scores are there, which are missing, and why they cannot be measured
kept     results whose checkpoint cannot be written
desk     who asks for scores
process  measures them, in a process of its own
"""
