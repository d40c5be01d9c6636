from vae_explorer.texts import first_sentence, shortened


def test_the_first_sentence_is_what_is_the_case():
    assert first_sentence("Training was cut off: 1.5 h. Resume it.") == "Training was cut off: 1.5 h."
    assert first_sentence("Stopped") == "Stopped"


def test_only_a_long_text_is_cut_and_ends_where_a_word_does():
    assert [shortened("two words", most) for most in (9, 8, 5)] == ["two words", "two wor…", "two…"]
