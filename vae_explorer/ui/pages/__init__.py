"""Straight scripts of at most 90 lines; none imports another.

main         navigation only: the pages and one border
explore      the latent map, and a picture that follows the pointer
traversals   a grid over two units, and a strip for every unit
interpolate  two images joined by a path
compare      models of one data set side by side
disentangle  which unit tells which factor, and scores beside their ceilings
unit         the card of one latent unit
train        the form of a run, and the runs
library      every model and data set of this machine, and one place to drop one's own
glossary     every word of the field, in one sentence and its formula
"""
