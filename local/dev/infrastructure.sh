# shellcheck shell=bash
# What the tests of infrastructure/ need besides: Terraform with its AWS provider, and the emulator. Sourced by ./dev.

need_terraform() {
  has terraform && return
  say 'Terraform 1.11 or newer is missing. Install it: https://developer.hashicorp.com/terraform/install'
  exit "$tool_missing"
}

# moto plays AWS, cfn-lint and the SAM translator read template.yaml: pinned in tests/infrastructure/requirements.txt.
need_emulator() {
  local requirements=$root/tests/infrastructure/requirements.txt
  has python3 || offer 'Python 3' "$(apt python3 python3-pip)"
  python3 -c 'import moto.server, cfnlint, samtranslator' 2> /dev/null && return
  offer 'moto, cfn-lint or the SAM translator' "python3 -m pip install -r '$requirements'"
}

# A machine without the registry may have the provider somewhere: terraform init takes it from there.
find_provider() {
  [ -z "${TF_PLUGIN_DIR:-}" ] || return 0
  local binary
  binary=$(find / -xdev -maxdepth 9 -path /proc -prune -o -type f -name 'terraform-provider-aws_v*' \
    -path '*/registry.terraform.io/hashicorp/aws/*' -not -path '*/.terraform/*' -print -quit 2> /dev/null) || true
  [ -n "$binary" ] || return 0
  TF_PLUGIN_DIR=${binary%/registry.terraform.io/*}
  export TF_PLUGIN_DIR
}
