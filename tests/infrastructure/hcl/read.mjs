// Reads Terraform files (paths, one a line, on standard input) and writes {"path": parsed, …}.
import { readFileSync } from "node:fs";
import { parse } from "@cdktf/hcl2json";

const files = readFileSync(0, "utf8").split("\n").filter((line) => line !== "");
const parsed = {};
for (const file of files) {
  parsed[file] = await parse(file, readFileSync(file, "utf8"));
}
process.stdout.write(JSON.stringify(parsed));
