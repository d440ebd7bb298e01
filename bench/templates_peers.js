// The same as templates.cpp by mustache.js and handlebars: `node templates_peers.js PEER FOLDER`.
// Each is used as its page says for the most speed: mustache.js keeps what it parsed, handlebars
// compiles once. Neither escapes, as ratchet does not.
"use strict";

const fs = require("fs");
const path = require("path");

const ROUNDS = 30;
const ROUND_NANOSECONDS = 20_000_000n;
const BETWEEN_LOOKS = 20;
const [peer, folder] = process.argv.slice(2);

function renderer(name) {
  if (peer === "mustache") {
    const mustache = require("mustache");
    const text = fs.readFileSync(path.join(folder, `${name}.mustache`), "utf8");
    mustache.escape = (value) => value;
    mustache.parse(text);
    return (data) => mustache.render(text, data);
  }
  const handlebars = require("handlebars");
  const text = fs.readFileSync(path.join(folder, `${name}.hbs`), "utf8");
  return handlebars.compile(text, { noEscape: true });
}

for (const file of fs.readdirSync(folder).sort()) {
  if (!file.endsWith(".json")) continue;
  const name = file.slice(0, -".json".length);
  const data = JSON.parse(fs.readFileSync(path.join(folder, file), "utf8"));
  const render = renderer(name);
  const size = render(data).length;
  fs.writeFileSync(path.join(folder, `${name}.${peer}.txt`), render(data));
  const rounds = [];
  for (let round = 0; round < ROUNDS; ++round) {
    let count = 0;
    let characters = 0;
    const start = process.hrtime.bigint();
    let spent = 0n;
    do {
      for (let i = 0; i < BETWEEN_LOOKS; ++i) characters += render(data).length;
      count += BETWEEN_LOOKS;
      spent = process.hrtime.bigint() - start;
    } while (spent < ROUND_NANOSECONDS);
    if (characters !== count * size) process.exit(1);
    rounds.push(Number(spent) / count / 1000);
  }
  rounds.sort((a, b) => a - b);
  console.log(name, rounds[rounds.length >> 1]);
}
