import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { printable, printableJson, shellWord } from '../../../server/cli/printable.ts';

const STEERING = ['\r', '\n', '\u001b[2J', '\u009b2J', '\u202e', '\u2028', '\u200b', '\u{e0001}'];

test.each(STEERING)('%j of a stranger neither steers a terminal nor begins a line', (text) => {
  const told = printable(`own${text}mail`);
  expect(told).toMatch(/^own\ufffd(\[2J|2J)?mail$/u);
  const json = printableJson({ name: `own${text}mail` });
  expect(json).toMatch(/^[\x20-\x7e]+$/);
  expect(JSON.parse(json)).toEqual({ name: `own${text}mail` });
});

test.each(["a';touch x;: '", '$(id)', '`id`', '"', '\\', 'a b', ''])(
  'the shell takes %j of a stranger as one word, and runs nothing of it',
  (text) => {
    const told = execFileSync('/bin/sh', ['-c', `printf '<%s>' ${shellWord(text)}`]);
    expect(told.toString()).toBe(`<${text}>`);
  },
);
