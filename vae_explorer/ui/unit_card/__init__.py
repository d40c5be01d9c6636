"""The Units page's parts.

chosen      the unit whose card is shown
looks       what it draws, which images lie at its ends, how its mu are spread
measured    what it moves, and what is lost without it
likenesses  units that go together with it, here and in other models
export      all cards of the model to take along
"""
