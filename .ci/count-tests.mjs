// Prints "PASSED FAILED" of one vitest run, then one line for each failure. Plain JavaScript: the machine's own Node runs it.
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

const [file, run] = process.argv.slice(2);
// A run that ended before it began leaves no report.
const files = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).testResults : [];
const tests = files.flatMap(({ name, assertionResults }) =>
  assertionResults.map(({ status, fullName }) => ({ status, title: `${relative('.', name)} > ${fullName}` })),
);
const failed = tests.filter(({ status }) => status === 'failed').map(({ title }) => title);
// A file that cannot be loaded has no tests to tell of.
const broken = files
  .filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  )
  .map(({ name, message }) => `${relative('.', name)} > ${String(message).split('\n')[0]}`);
const failures = [...failed, ...broken];

console.log(`${tests.filter(({ status }) => status === 'passed').length} ${failures.length}`);
for (const failure of failures) console.log(`${run}: ${failure.replaceAll('\n', ' ')}`);
