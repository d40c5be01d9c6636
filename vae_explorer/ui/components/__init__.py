"""Components whose JavaScript is our own served ES modules; one file for each of them.

served           one way to register them and to hear from them
address          the address bar, written from the browser
latent_map       the latent map, with or without its card
traversal_board  a grid over two units, a slider and a strip for each
beta_dial        a slider of β that everything follows while it is dragged
scrubber         the path between two codes, decoded while it is dragged
mosaic           pictures side by side, with a caption
comparison       the menu that saves all compared models as one picture
factor_matrix    a table of factors and units, of which one cell is chosen
unit_links       units as buttons, of which one is opened
score_strips     scores in a table, each drawn on one axis
time_machine     the map of one run and its pictures at any snapshot
chart            a Plotly chart that is drawn anew in place
"""
