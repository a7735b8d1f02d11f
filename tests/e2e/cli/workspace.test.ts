import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase } from '../../support/fresh-database.ts';
import { CONFIG, expectRefusal, openWorkspace, type Workspace } from './cli-fixture.ts';

describe('the commands of an operator', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await openWorkspace();
  });
  afterAll(() => workspace.close());

  it('doctor finds a new workspace well and leaves it as it is', async () => {
    const { code, stdout } = await workspace.run(['doctor', '--json']);

    expect({ code, findings: JSON.parse(stdout) as unknown }).toEqual({
      code: 0,
      findings: ['environment', 'database', 'schema', 'config', 'sources', 'deliveries'].map((name) => ({
        name,
        isWell: true,
        detail: expect.any(String),
      })),
    });
    expect(await workspace.counts()).toMatchObject({ config_version: 0 });
  });

  it('keys add shows a key once and keeps its hash alone', async () => {
    const { code, stdout, stderr } = await workspace.run(['keys', 'add', 'crm', '--scope', 'intake,read']);

    const key = stdout.trim();
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^earshot_[\w-]{43}\n$/) });
    expect(stderr).not.toContain(key);
    expect(
      await workspace.database.query('SELECT hash, scopes, to_jsonb(k)::text AS row FROM api_key k'),
    ).toEqual([
      {
        hash: createHash('sha256').update(key).digest('hex'),
        scopes: ['intake', 'read'],
        row: expect.not.stringContaining(key),
      },
    ]);
  });

  it.each([
    [['crm'], 1, /an API key named "crm" already; choose another name/],
    [['erp', '--scope', 'write'], 2, /no scope "write"; there are intake and read/],
    [[''], 2, /name of the key is empty/],
  ])('keys add %j is refused', async (args, code, says) => {
    expectRefusal(await workspace.run(['keys', 'add', ...args]), { code, says });
    expect(await workspace.counts()).toMatchObject({ api_key: 1 });
  });

  it('config try says what a config would have done, and puts nothing in force', async () => {
    const proposal = await workspace.write(
      'proposal.yaml',
      CONFIG.replace('[sales] }', '[sales, pricing] }').replace('pricing, service] }', 'service] }'),
    );
    const before = await workspace.counts();

    const { code, stdout } = await workspace.run(['config', 'try', proposal, '--days', '7', '--json']);

    expect({ code, tried: JSON.parse(stdout) as unknown }).toEqual({
      code: 0,
      tried: {
        diff: expect.stringContaining('+  - { name: sales, aspects: [sales, pricing] }'),
        backtest: expect.objectContaining({ messages: 0, moved: [], digests: [] }),
      },
    });
    expect(await workspace.counts()).toEqual(before);
    expectRefusal(await workspace.run(['config', 'try', await workspace.write('bad.yaml', 'route: 1')]), {
      code: 1,
      says: /bad\.yaml:1:/,
    });
    expectRefusal(await workspace.run(['config', 'try', '--days', '0']), { code: 2, says: /number of days/ });
  });

  it('silences add, list and end say who, why and until when', async () => {
    const added = await workspace.run([
      'silences',
      'add',
      'dept:sales account:"Acme Ltd"',
      '--for',
      '2h',
      '--reason',
      'the outage is known',
      '--author',
      'Dana',
    ]);
    const id = /^\d+/.exec(added.stdout)?.[0] ?? '';
    const shown =
      /^\d+ {2}active {2}dept:sales account:"Acme Ltd" {2}until \S+Z, by Dana: the outage is known\n$/;

    expect(added).toMatchObject({ code: 0, stdout: expect.stringMatching(shown) });
    expect((await workspace.run(['silences'])).stdout).toBe(added.stdout);
    expect(await workspace.run(['silences', 'end', id, '--author', 'Eve'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`${id}  expired`),
    });
    expect(
      await workspace.database.query(
        `SELECT actor, action FROM audit_log WHERE subject = $1 ORDER BY audit_log.id`,
        `silence ${id}`,
      ),
    ).toEqual([
      { actor: 'Dana', action: 'silence added' },
      { actor: 'Eve', action: 'silence ended' },
    ]);
    expectRefusal(await workspace.run(['silences', 'end', id]), { code: 1, says: /is over already/ });
    expectRefusal(await workspace.run(['silences', 'add', 'is:open', '--for', '1h', '--reason', 'x']), {
      code: 1,
      says: /character 1: "is" asks about a case/,
    });
  });

  it('users add puts a person into departments, once', { timeout: 120_000 }, async () => {
    const add = (department: string) =>
      workspace.run([
        'users',
        'add',
        'Dana@fernhill.example',
        '--name',
        'Dana',
        '--role',
        'lead',
        '--department',
        department,
      ]);

    expectRefusal(await add('legal'), { code: 1, says: /no department legal; there are product, sales/ });
    expect(await workspace.counts()).toMatchObject({ person: 0 });
    expect(await add('sales')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /^Dana@fernhill\.example is lead in sales\nhttp:\/\/127\.0\.0\.1:4000\/invitation#[\w-]{43}\n$/,
      ),
    });
    expectRefusal(await add('product'), { code: 1, says: /Dana@fernhill\.example is known already/ });
    expect(await workspace.run(['users', 'invite', 'dana@fernhill.example'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^http:\S+#[\w-]{43}\n$/),
    });
    expectRefusal(await workspace.run(['users', 'invite', 'eve@evil.example']), {
      code: 1,
      says: /Nobody is known as eve@evil\.example/,
    });
    expect(
      await workspace.database.query(
        'SELECT p.email, p.role, d.name FROM person p JOIN department_member m ON m.person_id = p.id JOIN department d ON d.id = m.department_id',
      ),
    ).toEqual([{ email: 'dana@fernhill.example', role: 'lead', name: 'sales' }]);
  });

  it('users add refuses what is no mail address', async () => {
    const ended = await workspace.run(['users', 'add', 'dana', '--name', 'Dana', '--role', 'agent']);

    expectRefusal(ended, { code: 2, says: /email is not a mail address/ });
  });

  it.each([
    [['--labels', 'aspect=sales'], /root\/0 .*department {2}sales/s],
    [['--text', 'The sales rep was rude', '--json'], /"department":"sales"/],
  ])('routes test %j shows the way an opinion takes', async (args, says) => {
    const { code, stdout } = await workspace.run(['routes', 'test', ...args]);

    expect(code).toBe(0);
    expect(stdout).toMatch(says);
  });

  it('routes test refuses a label that does not exist', async () => {
    const ended = await workspace.run(['routes', 'test', '--labels', 'colour=red']);

    expectRefusal(ended, { code: 2, says: /^earshot: routes test: .*colour/ });
  });

  it('backup and restore copy the workspace, and neither writes over anything', {
    timeout: 180_000,
  }, async () => {
    const path = workspace.path('all.backup');
    const plain = await workspace.write('plain.backup', 'Dear all,\n');
    const target = await freshDatabase();
    const restore = (file: string) => workspace.run(['restore', file], { DATABASE_URL: target.url });
    try {
      expect(await workspace.run(['backup', path])).toMatchObject({ code: 0, stdout: '' });
      expectRefusal(await workspace.run(['backup', path]), {
        code: 1,
        says: /exists already; choose another name/,
      });
      expectRefusal(await restore(plain), {
        code: 1,
        says: /plain\.backup could not be restored and nothing was/,
      });
      expect(await restore(path)).toMatchObject({ code: 0, stdout: '' });
      expect(await target.database.query('SELECT name, hash FROM api_key')).toEqual(
        await workspace.database.query('SELECT name, hash FROM api_key'),
      );
      expectRefusal(await workspace.run(['restore', path]), {
        code: 1,
        says: /into an empty workspace only/,
      });
    } finally {
      await target.close();
    }
  });

  it('doctor names the receiver of a delivery that was given up, and ends with 1', async () => {
    await workspace.database.execute(
      `INSERT INTO delivery (message_id, receiver, integration, integration_number, kind, message, status) VALUES ('x', 'board', 'file', 0, 'digest', '{}', 'dead')`,
    );

    const { code, stdout } = await workspace.run(['doctor']);

    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAIL {2}deliveries +0 waiting, 1 given up \(board\); .*last error$/m);
    expect(stdout.match(/^ok /gm)).toHaveLength(5);
  });
});
