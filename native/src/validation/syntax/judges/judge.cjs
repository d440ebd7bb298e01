// Compiles texts with V8 and runs none: frames in, one answer a line out (see framed_answers.h).
// A frame's kind is `module`, `commonjs`, or `either` where only the text itself can tell.
'use strict';
const fs = require('fs');
const vm = require('vm');

const LONGEST_MESSAGE = 300;
const MODULES_ALONE = new RegExp(
  'outside a module|await is only valid|Unexpected token \'export\'|Cannot use import');

// V8 keeps the place of a module's fault to itself until it is asked.
let reveal = () => {};
try {
  reveal = require('internal/util').decorateErrorStack;
} catch {
  // The fault then comes without its place.
}

function oneLine(text) {
  return String(text).split(/\s+/).join(' ').slice(0, LONGEST_MESSAGE);
}

// `<name>:<line>`, the line itself, then blanks up to the column.
function faultOf(error) {
  reveal(error);
  const [head, , under = ''] = String(error.stack).split('\n');
  const line = /^<source>:(\d+)$/.exec(head);
  const column = line ? /^\s*/.exec(under)[0].length + 1 : 0;
  const end = column && under.includes('^') ? under.lastIndexOf('^') + 2 : 0;
  return [oneLine(error.message), line ? Number(line[1]) : 0, column, end ? Number(line[1]) : 0, end];
}

const WAYS = {
  commonjs: (text) => vm.compileFunction(
    text, ['exports', 'require', 'module', '__filename', '__dirname'], {filename: '<source>'}),
  module: (text) => new vm.SourceTextModule(text, {identifier: '<source>'}),
};

// Nothing when the text compiles.
function fault(text, way) {
  try {
    WAYS[way](text);
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return error;
    throw error;
  }
}

function judge(text, kind) {
  if (kind !== 'either') return fault(text, kind);
  const asScript = fault(text, 'commonjs');
  if (asScript === undefined) return undefined;
  const asModule = fault(text, 'module');
  if (asModule === undefined) return undefined;
  return MODULES_ALONE.test(asScript.message) ? asModule : asScript;
}

function answer(text, kind) {
  // A `#!` line is for whoever starts the file.
  const source = text.startsWith('#!') ? '//' + text.slice(2) : text;
  try {
    const error = judge(source, kind);
    return error === undefined ? true : [faultOf(error)];
  } catch (error) {
    return oneLine(`${error.name} in the compiler: ${error.message}`);
  }
}

const input = fs.readFileSync(0);
for (let at = 0; at < input.length;) {
  const end = input.indexOf('\n', at);
  const [size, kind] = input.toString('latin1', at, end).split(' ');
  at = end + 1 + Number(size);
  const line = JSON.stringify(answer(input.toString('utf8', end + 1, at), kind)) + '\n';
  for (let bytes = Buffer.from(line); bytes.length > 0;) {
    bytes = bytes.subarray(fs.writeSync(1, bytes));
  }
}
