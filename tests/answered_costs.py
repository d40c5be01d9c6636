"""A queue of estimates that knows every answer at once: the real one starts a process for each form that is opened.

The form's line is made of the real figures in tests/jobs/test_estimates.py and tests/browser/test_sweep.py.
"""

from vae_explorer.jobs.estimates import Cost, Question

COST = Cost(2.0, 0.5, 0.1, 1.0, steps=9, threads=1, crowded=False)


class AnsweredCosts:
    """Knows at once what any run would cost."""

    def ask(self, question: Question, asker: str, alone: bool) -> Question:
        """The answer, ready."""
        question.cost = COST
        question.over.set()
        return question

    def leave_all(self, asker: str) -> None:
        """Nobody waits."""
