import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultConfigText } from '../../../src/config/default-config.ts';
import { parseConfig } from '../../../src/config/earshot-yaml.ts';
import { AppError } from '../../../src/lib/app-error.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { receiverKinds } from '../../../src/receivers/registry.ts';
import { sourceKinds } from '../../../src/sources/registry.ts';
import { ENV, faultsOf, GOOD, parse, registries, withLine } from './config-fixture.ts';

const real = { receivers: receiverKinds, sources: sourceKinds };

/** The one secret that options hold. */
function revealed(options: unknown): string | undefined {
  const secret = Object.values(Object(options)).find((value) => value instanceof Secret);
  return secret?.reveal();
}

function readOther() {
  return parseConfig('a: 1', { file: 'conf/my.yaml', env: {}, registries });
}

describe('parseConfig', () => {
  it('fills in every default', () => {
    const config = parse(GOOD);

    expect(config.workspace).toEqual({
      name: 'Fernhill',
      timezone: 'Europe/London',
      ours: { domains: [], handles: [] },
      privateNetworks: [],
      arbiter: null,
    });
    expect(config.digests).toEqual([
      {
        name: 'executive',
        audience: 'executives',
        at: '07:30',
        zone: 'Europe/London',
        empty: 'line',
        department: undefined,
      },
    ]);
    expect(config.sources).toEqual([{ name: 'export', kind: 'file', options: { path: './reviews.csv' } }]);
    expect(config.receivers[0]).toEqual({
      name: 'outbox',
      integrations: [{ kind: 'file', index: 0, options: { path: 'outbox.ndjson' }, maskPii: false }],
    });
  });

  it('puts the built-in aspects first and keeps their descriptions unless the file gives one', () => {
    const config = parse(withLine(5, '  sales: { description: The sellers }\n  marketing:'));

    expect(config.aspects.map(({ aspect }) => aspect)).toEqual([
      'product',
      'sales',
      'pricing',
      'service',
      'marketing',
    ]);
    expect(config.aspects[1]).toEqual({ aspect: 'sales', description: 'The sellers', seeds: [] });
    expect(config.aspects[3]?.description).toContain('support');
    expect(config.aspects[4]).toEqual({ aspect: 'marketing', seeds: ['webinar'] });
  });

  it('lets routes inherit all options but matchers, continue, time intervals and routes', () => {
    const sales = parse(GOOD).route.routes[0];
    const tier = sales?.routes[0];

    expect(sales).toMatchObject({
      path: 'root/0',
      receiver: 'channel',
      department: 'sales',
      groupWaitMs: 60_000,
      continue: false,
    });
    expect(tier).toEqual({
      path: 'root/0/0',
      matchers: [{ label: 'tier', op: '=~', value: '1|gold' }],
      receiver: 'channel',
      department: 'sales',
      continue: true,
      groupBy: ['department', 'aspect'],
      groupWaitMs: 0,
      groupIntervalMs: 300_000,
      repeatIntervalMs: 14_400_000,
      muteTimes: [],
      activeTimes: [],
      routes: [],
    });
  });

  it('leaves the choice of department to the owners until a route below the root names one', () => {
    const { route } = parse(withLine(30, '      group_interval: 1h'));

    expect(route.owners?.get('marketing')).toBe('sales');
    expect(route.routes[0]?.owners).toEqual(route.owners);
    expect(parse(GOOD).route.routes[0]?.owners).toBeUndefined();
  });

  it('reads how often a source is polled and when its silence counts', () => {
    const [source] = parse(
      GOOD.replace('    kind: file', '    kind: file\n    every: 10m\n    silent_after: 2d'),
    ).sources;

    expect(source).toMatchObject({
      everyMs: 600_000,
      silentAfterMs: 172_800_000,
      options: { path: './reviews.csv' },
    });
  });

  it('reads handles and domains of the company without @ and in lower case', () => {
    const config = parse(
      withLine(3, "  ours: { domains: [Fernhill.Example], handles: ['@Fernhill', 'help'] }"),
    );

    expect(config.workspace.ours).toEqual({ domains: ['fernhill.example'], handles: ['fernhill', 'help'] });
  });

  it('keeps what a variable holds as a secret and never reads it as YAML or again', () => {
    const config = parse(GOOD, { SLACK_URL: 'x: [${SLACK_URL}] # no' });

    const options = config.receivers[1]?.integrations[0]?.options;
    expect(options).toEqual({ url: expect.any(Secret) });
    expect(revealed(options)).toBe('x: [${SLACK_URL}] # no');
    expect(JSON.stringify(config)).not.toContain('no');
  });

  it('takes $${ as the two characters themselves', () => {
    expect(parse(withLine(2, '  name: a $${NAME} b')).workspace.name).toBe('a ${NAME} b');
  });

  it.each([
    ['a loopback address', '    slack:\n      - url: http://127.0.0.1:9000/hook'],
    ['a loopback name', '    slack:\n      - url: http://localhost:9000/hook'],
    [
      'a local mail server',
      '    email:\n      - { smtp: smtp://127.0.0.1:2525, to: [a@b.example] }\n    slack: []',
    ],
    [
      'a mail server without password',
      '    email:\n      - { smtp: smtp://relay.example:25, to: [a@b.example] }\n    slack: []',
    ],
  ])('allows %s in the file, since it is no secret', (_, lines) => {
    expect(faultsOf(GOOD.replace(/ {4}slack:.*\n.*\n/, `${lines}\n`))).toEqual([]);
  });

  it('shows no value of a variable in a fault', () => {
    const faults = faultsOf(withLine(41, '    audience: ${SLACK_URL}'));

    expect(faults).toEqual([expect.stringContaining('no audience is called "${SLACK_URL}"')]);
    expect(faults.join()).not.toContain('secretpart');
  });

  it('tells the faults of all sections at once, in the order of the file', () => {
    const text = GOOD.replace('Europe/London', 'Mars')
      .replace('path: ./reviews.csv', 'pth: x')
      .replace('group_wait: 1m', 'group_wait: soon')
      .replace('1|gold', '(')
      .replace('audience: executives', 'audience: nobody');

    expect(faultsOf(text).map((fault) => fault.split(':')[0])).toEqual(['3', '13', '15', '31', '33', '41']);
  });

  it('allows a receiver without ways out on a route below the root', () => {
    const text = withLine(22, '      - url: ${SLACK_URL}\n  - name: nobody').replace(
      '      receiver: channel',
      '      receiver: nobody',
    );

    expect(parse(text).route.routes[0]?.receiver).toBe('nobody');
  });

  it('reads plain aliases', () => {
    const text = GOOD.replace('[channel]', '&who [channel]')
      .concat("  - name: second\n    audience: executives\n    at: '08:00'\n")
      .replace('digests:', '  - { name: same, receivers: *who }\ndigests:');

    expect(parse(text).audiences[1]?.receivers).toEqual(['channel']);
  });

  it('shows at most a hundred faults', () => {
    const text = GOOD.concat(Array.from({ length: 150 }, (_, index) => `odd${index}: 1\n`).join(''));

    const faults = faultsOf(text);
    expect(faults).toHaveLength(101);
    expect(faults[100]).toContain('and 50 more faults');
  });

  it('answers any text with a config or with faults that carry a place', () => {
    const lines = GOOD.split('\n');
    const edit = fc.record({
      at: fc.nat(lines.length - 1),
      cut: fc.nat(40),
      put: fc.string({ maxLength: 12 }),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
        const text = edits
          .reduce((now, { at, cut, put }) => now.with(at, (now[at] ?? '').slice(0, cut) + put), lines)
          .join('\n');
        for (const fault of faultsOf(text)) expect(fault).toMatch(/^\d+:\d+: \S/);
      }),
      { numRuns: 300 },
    );
  });

  it('reads the example of the documentation with the kinds there are', () => {
    const text = readFileSync(new URL('../../../docs/earshot.example.yaml', import.meta.url), 'utf8');
    const env = {
      SMTP_URL: 'smtp://me:password@mail.example:587',
      SLACK_SALES_URL: ENV.SLACK_URL,
      X_TOKEN: 'token',
      IMAP_PASSWORD: 'password',
      WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
    };

    const config = parseConfig(text, { file: 'earshot.example.yaml', env, registries: real });

    expect(config.departments.map(({ name }) => name)).toEqual(['product', 'sales', 'finance', 'service']);
  });

  it('reads the built-in config: four departments, one file, a digest for executives and each department', () => {
    const text = defaultConfigText({ zone: 'Asia/Kathmandu' });

    const config = parseConfig(text, { file: 'built-in config', env: {}, registries: real });

    expect(config.departments.map(({ name }) => name)).toEqual(['product', 'sales', 'pricing', 'service']);
    expect(config.digests.map(({ name, zone }) => `${name} ${zone}`)).toEqual(
      ['executive', 'product', 'sales', 'pricing', 'service'].map((name) => `${name} Asia/Kathmandu`),
    );
    expect(config.receivers.map(({ integrations }) => integrations.map(({ kind }) => kind))).toEqual([
      ['file'],
    ]);
  });

  it('names the file in front of each fault', () => {
    expect(readOther).toThrow(AppError);
    expect(readOther).toThrow(/^conf\/my\.yaml:1:1: unknown key "a"/);
  });
});
