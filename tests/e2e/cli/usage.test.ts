import { describe, expect, it } from 'vitest';
import { earshot, start } from '../../support/run-script.ts';
import { expectRefusal } from './cli-fixture.ts';

/** No command of these comes so far as to open a database. */
const NO_DATABASE = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };

describe('the command line', () => {
  it.each([
    [['--help'], /Usage: earshot .*\bdigest\b.*\bdoctor\b/s],
    [['import', '--help'], /--dry-run/],
    [['--version'], /^\d+\.\d+\.\d+\n$/],
  ])('%j answers and ends with 0', async (args, says) => {
    const { code, stdout, stderr } = await earshot(args, NO_DATABASE).ended;

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(says);
  });

  it.each([
    [['imprt', 'x.csv'], /unknown command 'imprt'.*Did you mean import\?/s],
    [['import', 'x.csv', '--dry'], /unknown option '--dry'/],
    [['import'], /missing required argument 'file'/],
    [['import', 'x.csv', 'y.csv'], /too many arguments/],
    [['import', 'x.csv', '--map', 'text'], /"text" is no field=column pair/],
    [['import', 'x', '--format', 'xlsx'], /Allowed choices are csv, jsonl, mbox/],
    [
      ['worker', '--queues', 'analyse,nope'],
      /"nope" is no queue; the queues are poll, analyse, route, theme, rollup, flush, deliver, digest, alarm, learn/,
    ],
    [['classify', '--kind', 'fax'], /Allowed choices are post, mail, review/],
    [['users', 'add', 'a@b.example', '--name', 'A', '--role', 'boss'], /are admin, executive, lead, agent/],
  ])('%j is refused with 2', async (args, says) => {
    expectRefusal(await earshot(args, NO_DATABASE).ended, { code: 2, says });
  });

  it('without a command shows the commands and ends with 2', async () => {
    const { code, stderr } = await earshot([], NO_DATABASE).ended;

    expect(code).toBe(2);
    expect(stderr).toMatch(/^Usage: earshot/);
  });

  it('says every fault of the environment', async () => {
    const env = { ...NO_DATABASE, PORT: 'x', LOG_LEVEL: 'loud' };

    expectRefusal(await earshot(['keys', 'add', 'x'], env).ended, {
      code: 1,
      says: /^earshot: environment: PORT must be .*\nearshot: environment: LOG_LEVEL must be /,
    });
  });

  it('takes a reader that has gone for no fault', async () => {
    const { child, ended } = earshot(['--help'], NO_DATABASE);
    child.stdout?.destroy();

    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });

  it.each(['18.20.8', '20.18.3'])('says in one line that Node %s is too old', async (version) => {
    const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } }); require('./src/cli/earshot.cjs');`;

    const { code, stderr } = await start(process.execPath, ['-e', pretend]).ended;

    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `earshot: needs Node 20.19 or newer, this is ${version}; install a newer one from https://nodejs.org\n`,
    });
  });
});
