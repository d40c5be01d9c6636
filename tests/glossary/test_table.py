"""The glossary: whole sentences, formulas in plain characters, words that are found where they stand."""

import re

import pytest

from vae_explorer.glossary import GLOSSARY, mentions, order, pattern


@pytest.mark.parametrize("name", GLOSSARY)
def test_a_term_is_one_short_plain_sentence_and_found_by_its_own_title(name):
    term = GLOSSARY[name]
    assert re.fullmatch(r"[A-Zμ][^.]*\.", term.sentence), term.sentence
    assert len(term.sentence) <= 140
    assert "$" not in term.formula
    assert "\\" not in term.formula
    assert name in {found.name for found in mentions(term.title)}


def test_titles_are_told_apart():
    titles = [term.title.lower() for term in GLOSSARY.values()]
    assert len(set(titles)) == len(titles)


def test_no_word_captures_so_that_a_group_is_a_term():
    assert re.compile(pattern()).groups == len(order()) == len(GLOSSARY)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("nll 83.20 + rate 3.40 = 86.60 nats per image · 2 of 2 units active · seed 0",
         ["nll", "rate", "nats", "latent-unit", "active-unit", "seed"]),
        ("Latent units", ["latent-unit"]),
        ("Var(mu) 0.31", ["var-mu"]),
        ("reconstruction of mu", ["reconstruction", "mu"]),
        ("Quantiles of N(0, 1)", ["quantiles"]),
        ("Samples from the prior, same eps", ["sample", "prior", "eps"]),
        ("z = (0.10, −2.00)", ["z"]),
        ("PCA of pixels", ["pca-of-pixels"]),
        ("PCA of the codes", ["pca"]),
        ("Image 7, class 3", []),
        ("generate, separate, mule, pinned-down, rated", []),
        ("mu and mu again", ["mu"]),
    ],
)  # fmt: skip
def test_the_terms_of_a_text_are_found_whole_and_once(text, named):
    found = mentions(text)
    assert [one.name for one in found] == named
    assert all(text[one.start : one.end].strip() for one in found)
