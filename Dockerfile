# diachinh for a server in the office: `docker-compose build`. The build needs the internet, running does not.
# Python packages come from requirements.lock, each with its hash.

FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements.lock /build/
RUN /opt/venv/bin/pip install --require-hashes --no-deps -r /build/requirements.lock
COPY pyproject.toml README.md LICENSE /build/
COPY schemas /build/schemas
COPY cadastre /build/cadastre
COPY ocr /build/ocr
COPY store /build/store
COPY samples /build/samples
COPY flows /build/flows
RUN /opt/venv/bin/pip install --no-deps --no-build-isolation /build

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --home-dir /var/lib/diachinh --create-home diachinh \
    && chmod 700 /var/lib/diachinh
COPY --from=build /opt/venv /opt/venv
COPY docker/with_secrets.sh /usr/local/bin/with_secrets
RUN chmod 755 /usr/local/bin/with_secrets
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    LANG=C.UTF-8 \
    DIACHINH_HOME=/var/lib/diachinh
USER diachinh
WORKDIR /var/lib/diachinh
VOLUME /var/lib/diachinh
ENTRYPOINT ["with_secrets"]
CMD ["diachinh", "--help"]
