// The same as schema.cpp by ajv: one line a round, `<compile> <validate>`, in milliseconds.
"use strict";

const fs = require("fs");
const Ajv = require("ajv/dist/2020");

const ROUNDS = 2000;
const COMPILE_ROUNDS = 200;
const [schemaPath, documentPath] = process.argv.slice(2);
const schemaText = fs.readFileSync(schemaPath, "utf8");
const document = JSON.parse(fs.readFileSync(documentPath, "utf8"));

function measured(rounds, body) {
  const spent = [];
  for (let round = 0; round < rounds; ++round) {
    const start = process.hrtime.bigint();
    body();
    spent.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  return spent;
}

const compile = measured(COMPILE_ROUNDS, () => new Ajv().compile(JSON.parse(schemaText)));
const validator = new Ajv().compile(JSON.parse(schemaText));
let valid = 0;
const validate = measured(ROUNDS, () => {
  valid += validator(document) ? 1 : 0;
});
if (valid !== ROUNDS) process.exit(1);
for (let round = 0; round < COMPILE_ROUNDS; ++round) {
  console.log(compile[round], validate[ROUNDS - COMPILE_ROUNDS + round]);
}
