# The upstream gateway under our name: pulled by digest, no layer added. The values come from versions.env:
#   docker build $(sed -n 's/^\(AGENTGATEWAY_[A-Z_]*=.*\)/--build-arg \1/p' versions.env) -t agentgateway .
ARG AGENTGATEWAY_IMAGE
ARG AGENTGATEWAY_IMAGE_DIGEST
FROM ${AGENTGATEWAY_IMAGE}@${AGENTGATEWAY_IMAGE_DIGEST}

ARG AGENTGATEWAY_IMAGE
ARG AGENTGATEWAY_IMAGE_DIGEST
ARG AGENTGATEWAY_REF
ARG AGENTGATEWAY_VERSION
LABEL org.opencontainers.image.title="AiGateway data plane" \
      org.opencontainers.image.description="agentgateway, re-tagged by digest without a layer of our own" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${AGENTGATEWAY_VERSION}" \
      org.opencontainers.image.revision="${AGENTGATEWAY_REF}" \
      org.opencontainers.image.base.name="${AGENTGATEWAY_IMAGE}:${AGENTGATEWAY_REF}" \
      org.opencontainers.image.base.digest="${AGENTGATEWAY_IMAGE_DIGEST}"
EXPOSE 8787
