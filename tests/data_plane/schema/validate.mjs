// Reads {"name":…,"config":…} lines; writes {"name":…,"errors":[…]} lines. Formats such as uint64 are the gateway's own.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import Ajv from 'ajv/dist/2020.js';

const schema = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
for await (const line of createInterface({ input: process.stdin })) {
  const { name, config } = JSON.parse(line);
  const errors = validate(config) ? [] : validate.errors.slice(0, 10).map((e) => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
  console.log(JSON.stringify({ name, errors }));
}
