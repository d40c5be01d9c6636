"""python -m tests.browser.few_points run app.py …: Streamlit, whose maps show 200 images at most as points."""

from streamlit.web.cli import main

from vae_explorer.latents import map_points

MOST = 200

if __name__ == "__main__":
    map_points.MOST = MOST
    main(prog_name="streamlit")
