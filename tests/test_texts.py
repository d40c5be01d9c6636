from vae_explorer.texts import shortened


def test_only_a_long_text_is_cut_and_ends_where_a_word_does():
    assert [shortened("two words", most) for most in (9, 8, 5)] == ["two words", "two wor…", "two…"]
