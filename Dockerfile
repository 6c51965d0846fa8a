# docker build -t trustaudit . && docker run --rm --network none -v "$PWD:/work" trustaudit scan .
FROM python:3.12-slim AS build
COPY . /source
RUN pip wheel --no-cache-dir --wheel-dir /wheels /source

FROM python:3.12-slim
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels trustaudit \
    && useradd --create-home auditor
USER auditor
WORKDIR /work
ENTRYPOINT ["trustaudit"]
CMD ["--help"]
