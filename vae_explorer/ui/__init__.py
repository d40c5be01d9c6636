"""Streamlit: pages, components and their state. `st.` begins here and nowhere else."""
