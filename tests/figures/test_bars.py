from vae_explorer.figures import histogram, shares


def test_every_class_has_a_bar_in_its_colour():
    trace = histogram("class", ("a", "b", "c"), [1200, 0, 3], ["#111111", "#222222", "#333333"])._asdict()["data"][0]
    assert list(zip(trace["x"], trace["y"], trace["text"], trace["marker"]["color"], strict=True)) == [
        ("a", 1200, "1,200", "#111111"),
        ("b", 0, "", "#222222"),
        ("c", 3, "3", "#333333"),
    ]


def test_names_beside_bars_are_text_and_short():
    figure = shares(["unit 1 (<b>x</b>)", "unit 2 (" + "x" * 40 + ")"], [("moved", [0.5, None])], "share")._asdict()
    assert list(figure["data"][0]["y"]) == ["unit 1 (&lt;b&gt;x&lt;/b&gt;)", "unit 2 (" + "x" * 15 + "…"]
