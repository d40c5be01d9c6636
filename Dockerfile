# A demo that strangers may touch: README.md, "A public demo". tests/test_dockerfile.py runs these steps without Docker.
FROM python:3.11-slim

# The index of PyTorch's builds for CPUs, which its site names: without it, some gigabytes of CUDA come along.
ARG TORCH_INDEX=""
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /app
RUN mkdir -m 1777 /cache

COPY requirements.txt .
RUN python -m pip install ${TORCH_INDEX:+--index-url "$TORCH_INDEX"} $(grep '^torch' requirements.txt)
RUN python -m pip install -r requirements.txt

COPY pretrained pretrained
COPY .streamlit .streamlit
COPY vae_explorer vae_explorer
COPY app.py .
RUN python -m compileall -q app.py vae_explorer

ENV VAE_EXPLORER_READ_ONLY=1 VAE_EXPLORER_CACHE=/cache HOME=/cache PYTHONDONTWRITEBYTECODE=1
ENV STREAMLIT_SERVER_ADDRESS=0.0.0.0 STREAMLIT_SERVER_PORT=8501 STREAMLIT_SERVER_HEADLESS=true
VOLUME /cache
EXPOSE 8501
USER 10001:10001
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(f'http://localhost:{os.environ[\"STREAMLIT_SERVER_PORT\"]}/_stcore/health', timeout=4)"]
CMD ["python", "-m", "streamlit", "run", "app.py"]
