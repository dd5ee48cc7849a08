# MLflow's tracking server, with its page and its registry of models:
#
#   docker build -f docker/mlflow.Dockerfile -t mlflow-server:3.17.2 .
#
# Runs, models and artifacts are kept in /mlflow, which is a volume. Behind a name, also that of a Service, MLFLOW_SERVER_ALLOWED_HOSTS must hold it with its port.

FROM python:3.11-slim-bookworm
# Exactly what the tests run against. No cache: nothing would read it.
COPY docker/mlflow-requirements.txt /tmp/requirements.txt
RUN pip install --no-cache-dir --disable-pip-version-check --root-user-action=ignore -r /tmp/requirements.txt && rm /tmp/requirements.txt && \
    install -d -o 10001 -g 0 -m 775 /mlflow
WORKDIR /mlflow
ENV MLFLOW_BACKEND_STORE_URI=sqlite:////mlflow/mlflow.db MLFLOW_ARTIFACTS_DESTINATION=/mlflow/mlartifacts \
    MLFLOW_HOST=0.0.0.0 MLFLOW_PORT=5000 MLFLOW_WORKERS=1
# Its job runner is eight processes of 230 MiB each, which tracking does not need; and it tells nobody outside who uses it.
ENV MLFLOW_SERVER_ENABLE_JOB_EXECUTION=false MLFLOW_DISABLE_TELEMETRY=true
# Nothing but /mlflow and /tmp is written.
ENV HOME=/tmp PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
# A number, so that Kubernetes can tell that it is not root; above the ids that machines give to people.
USER 10001:10001
VOLUME /mlflow
EXPOSE 5000
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:5000/health')"]
CMD ["mlflow", "server"]

ARG REVISION=unknown
LABEL org.opencontainers.image.title="MLflow" \
      org.opencontainers.image.description="MLflow's tracking server on port 5000, with everything in the volume /mlflow." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="3.17.2" \
      org.opencontainers.image.revision=$REVISION \
      org.opencontainers.image.base.name="python:3.11-slim-bookworm"
