"""The Train page beyond its script.

form           the form of a run, checked by the settings it is meant for
form_values    the form's values, and those of a run as the form takes them
cost_line      what a run would cost, in one line of the form
run_list       the watched run, then the others
run_card       a run as a card, with the next thing to do
further        more epochs for a run that is over
run_states     how runs stand, in words and icons
run_view       a watched run: its map through time, its curves, its β
map_over_time  the plane or the UMAP of the snapshots, computed first
sweep_grid     a sweep: the grid of runs as it fills
"""
