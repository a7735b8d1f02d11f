// Sums up the report of a test run, and fails when a test that needs a real server did not run: here all of them are to be had.
import { existsSync, readFileSync } from 'node:fs';

const { testResults, numPassedTests, numFailedTests, numPendingTests } = JSON.parse(
  readFileSync(process.argv[2], 'utf8'),
);
const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
console.log(`\n${numPassedTests} passed, ${numFailedTests} failed${skipped}`);

/** Test files whose tests must all have run; the last two read research data that stands beside the project or is not there. */
const NEEDED = [
  'contract/queue',
  'contract/routing/amtool',
  'contract/sources/email',
  'contract/sources/x',
  'integration/sources/email',
  'faults/',
];
const WITH_DATA = ['e2e/served', 'e2e/airline-import'];
const needed = existsSync('../shared/real') ? [...NEEDED, ...WITH_DATA] : NEEDED;
const missing = needed.filter((part) => {
  const tests = testResults
    .filter(({ name }) => name.includes(`/tests/${part}`))
    .flatMap(({ assertionResults }) => assertionResults);
  return tests.length === 0 || tests.some(({ status }) => status !== 'passed');
});
for (const part of missing) console.error(`tests/${part}*: some of its tests failed or did not run`);
process.exit(missing.length > 0 ? 1 : 0);
