#!/usr/bin/env bash
# Everything that checks infrastructure/: format, validation, Terraform's own tests, the provider's schema, an apply on the AWS emulator, SAM.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
if [ $# -gt 0 ]; then
  printf 'usage: ./dev infra\n\nRuns tests/infrastructure. TF_PLUGIN_DIR names a folder of providers for machines without the registry.\n' >&2
  exit 2
fi
exec "$root/dev" test infrastructure
