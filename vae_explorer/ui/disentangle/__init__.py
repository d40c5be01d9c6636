"""The Disentangle page's parts.

relations      what all units have to do with all factors, and the cell that is looked at
unit_panel     one unit beside the matrix: its traversal, and its mu along a factor
score_request  the way to have scores measured, and how far that has come
score_table    scores of the model beside what a perfect code would get
rank_order     whether every way of counting ranks models alike
"""
