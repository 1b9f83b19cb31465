# The chat in a container: no GPU, no root, nothing written but /data.
#
#   docker build -t chapter-verse .
#   docker run --read-only --tmpfs /tmp -p 7860:7860 \
#       -v ./my-articles:/articles:ro -v library:/data chapter-verse

FROM python:3.12-slim AS build
WORKDIR /src
RUN pip install --no-cache-dir "build>=1.2,<2" "hatchling>=1.27,<2"
COPY . .
RUN python -m build --no-isolation --wheel --outdir /dist . \
    && python -m build --no-isolation --wheel --outdir /dist packaging/models \
    && python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes -r packaging/requirements.lock \
    && /venv/bin/pip install --no-cache-dir --no-deps /dist/*.whl

FROM python:3.12-slim
RUN useradd --uid 1000 --create-home visitor \
    && install --directory --owner=visitor /articles /data
COPY --from=build /venv /venv
COPY --chown=visitor seeds /articles
USER 1000
WORKDIR /data
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    XDG_DATA_HOME=/data \
    QA_ARTICLES=/articles \
    QA_DATA=/data/feedback \
    QA_LOG=events \
    GRADIO_TEMP_DIR=/tmp/gradio \
    GRADIO_SERVER_NAME=0.0.0.0
VOLUME ["/data"]
EXPOSE 7860
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:7860/health', timeout=4)"]
CMD ["qa", "chat"]
