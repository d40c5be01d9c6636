import pytest
import streamlit as st
from streamlit import config

from vae_explorer.live.access import Allowed
from vae_explorer.ui import server_options

FLAGS = {"server.allowedHosts": ["a.example"], "server.corsAllowedOrigins": ["https://b"], "server.enableCORS": False}


@pytest.fixture
def parsed(monkeypatch):
    """The owner's flags, read anew; no app that another test has opened hears of it."""
    monkeypatch.setattr(config, "_on_config_parsed", type(config._on_config_parsed)())
    config.get_config_options(force_reparse=True, options_from_flags=FLAGS)
    server_options.allowed.cache_clear()
    yield
    config.get_config_options(force_reparse=True)
    server_options.allowed.cache_clear()


def test_the_guard_knows_what_the_owner_allowed_and_streamlit_leaves_hosts_to_it(parsed):
    expected = Allowed(("a.example",), ("https://b",), every_origin=True)
    assert server_options.allowed() == expected
    assert st.get_option("server.allowedHosts") == []
    config.get_config_options(force_reparse=True, options_from_flags=FLAGS)
    assert st.get_option("server.allowedHosts") == [], "the file was read again"
    assert server_options.allowed() == expected


@pytest.mark.parametrize(("setting", "base"), [("", ""), ("/", ""), ("x", "/x"), ("/x/y/", "/x/y")])
def test_the_base_path_begins_with_a_slash_and_ends_with_none(setting, base):
    config.set_option("server.baseUrlPath", setting)
    try:
        assert server_options.base() == base
    finally:
        config.set_option("server.baseUrlPath", "")
