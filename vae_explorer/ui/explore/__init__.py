"""The Explore page beyond its script.

fitted_map  the map that is asked for, and the plane shown while it is computed
gallery     what was selected on the map, and the neighbours of the chosen image
"""
