"""The Library page beyond its script.

drop_area       one place to drop what one has
recognition     what a dropped file is, by what it holds
drop_refusal    why dropped files are nothing that a form can be shown for
picture_form    pictures as they would be kept, and kept as a data set
weight_form     weights of a VAE, opened as a model
model_table     all models in one table
model_exports   weights and samples of a model, to take elsewhere
data_set_table  all data sets in one table
"""
