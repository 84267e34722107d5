"""Reads the SAM template as SAM itself does and writes it as JSON: {"source": ..., "translated": ...}. Fails where the translator refuses it."""

import json
import sys

from cfnlint.decode import cfn_yaml
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

path = sys.argv[1]
source = json.loads(json.dumps(cfn_yaml.load(path)))
local = json.loads(json.dumps(source))
for resource in local["Resources"].values():
    # The translator takes archives that are uploaded; sam local and sam deploy upload them first.
    if "CodeUri" in resource.get("Properties", {}):
        resource["Properties"]["CodeUri"] = "s3://bucket/archive.zip"
translated = Translator({}, Parser()).translate(local, parameter_values={})
json.dump({"source": source, "translated": translated}, sys.stdout)
