import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadSample, readSampleMentions } from '../../../prisma/demo/load.ts';
import { parseConfig } from '../../../src/config/earshot-yaml.ts';
import { BUILT_IN_ASPECTS, INTENTS, POLARITIES } from '../../../src/domain/words.ts';
import { receiverKinds } from '../../../src/receivers/registry.ts';

const accountRow = z.strictObject({
  name: z.string().min(1),
  domains: z.string().transform((cell) => cell.split(';').filter(Boolean)),
  handles: z.string().transform((cell) => cell.split(';').filter(Boolean)),
  tier: z.enum(['1', '2', '3']),
  revenue: z.coerce.number().int().positive(),
  owner: z.string().min(1),
});

const { mentions, accountsCsvPath, configPath } = loadSample(
  new Date('2031-03-12T18:00:00Z'),
  'Europe/London',
);
const rows = readSampleMentions();
const heard = rows.filter((row) => row.ours === undefined && row.machineMail === undefined);
const accounts = z.array(accountRow).parse(parse(readFileSync(accountsCsvPath, 'utf8'), { columns: true }));
const opinionsOn = (day: number) =>
  heard.filter((row) => row.day === day).flatMap((row) => row.labels?.opinions ?? []);

function groupBy<Item>(items: readonly Item[], key: (item: Item) => string | undefined): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const name = key(item);
    if (name !== undefined) groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  return groups;
}

function rowsOf({ domains, handles }: (typeof accounts)[number]): typeof rows {
  return heard.filter(
    ({ author: { email, handle } }) =>
      domains.includes(email?.split('@')[1] ?? '-') || handles.includes(handle ?? '-'),
  );
}

const count = (day: number, opinion: string) => opinionsOn(day).filter((one) => one === opinion).length;

function says(account: (typeof accounts)[number], opinion: string): number {
  return rowsOf(account).filter(({ labels }) => labels?.opinions.includes(opinion)).length;
}

describe('the sample mentions', () => {
  it('hold at least 360 messages by at least 60 people over 14 days', () => {
    const people = new Set(heard.map(({ author }) => author.email ?? author.handle));

    expect(mentions.length).toBeGreaterThanOrEqual(360);
    expect(people.size).toBeGreaterThanOrEqual(60);
    expect(new Set(rows.map(({ day }) => day)).size).toBe(14);
    expect(rows.filter(({ day }) => day === 0).length).toBeGreaterThanOrEqual(35);
    expect(rows.filter(({ day }) => day === -7).length).toBeGreaterThanOrEqual(20);
  });

  it.each([
    ['de', 25],
    ['fr', 25],
    ['es', 10],
  ])('speak %s at least %i times', (lang, least) => {
    expect(rows.filter((row) => row.lang === lang).length).toBeGreaterThanOrEqual(least);
  });

  it('hold every intent and every polarity of every built-in aspect', () => {
    const opinions = new Set(heard.flatMap(({ labels }) => labels?.opinions ?? []));
    const intents = new Set(heard.flatMap(({ labels }) => labels?.intents ?? []));
    const expected = BUILT_IN_ASPECTS.flatMap((aspect) =>
      POLARITIES.map((polarity) => `${aspect}:${polarity}`),
    );

    expect([...opinions]).toEqual(expect.arrayContaining(expected));
    expect([...intents].toSorted()).toEqual([...INTENTS].toSorted());
  });

  it('praise one thing and blame another in at least 30 messages', () => {
    const mixed = heard.filter(({ labels }) => {
      const polarities = new Set(labels?.opinions.map((opinion) => opinion.split(':')[1]));
      return polarities.has('positive') && polarities.has('negative');
    });

    expect(mixed.length).toBeGreaterThanOrEqual(30);
  });

  it('hold spam, chatter and mail that machines wrote', () => {
    const machines = groupBy(rows, ({ machineMail }) => machineMail);
    const loop = rows.filter(
      ({ thread, machineMail }) => thread === 'mail-ooo' && machineMail === 'auto-reply',
    );

    expect(heard.filter(({ labels }) => labels?.spam).length).toBeGreaterThanOrEqual(14);
    expect(
      heard.filter(({ labels }) => labels?.opinions.length === 0 && !labels.spam).length,
    ).toBeGreaterThanOrEqual(10);
    expect([...machines.keys()].toSorted()).toEqual(['auto-reply', 'bounce', 'list']);
    expect(loop.length).toBeGreaterThanOrEqual(5);
  });

  it('hold conversations of three to six messages on one platform each, some with our replies', () => {
    const threads = [...groupBy(rows, ({ thread }) => thread).values()];

    expect(threads.length).toBeGreaterThanOrEqual(15);
    expect(threads.filter((thread) => thread.length < 3 || thread.length > 6)).toEqual([]);
    expect(threads.filter((thread) => new Set(thread.map(({ platform }) => platform)).size > 1)).toEqual([]);
    expect(threads.filter((thread) => thread.some(({ ours }) => ours)).length).toBeGreaterThanOrEqual(10);
  });

  it('give every row its own id, and a text twice only where it says repost', () => {
    const byId = new Map(rows.map((row) => [row.id, row]));
    const firsts = rows.filter((row) => row.repost_of === undefined);
    const reposts = rows.filter((row) => row.repost_of !== undefined);

    expect(byId.size).toBe(rows.length);
    expect(new Set(firsts.map(({ text }) => text)).size).toBe(firsts.length);
    expect(new Set(reposts.map(({ author }) => author.handle)).size).toBe(6);
    expect(reposts.filter((row) => byId.get(row.repost_of ?? '')?.text !== row.text)).toEqual([]);
  });

  it.each(['<script>', '<!channel>', '=HYPERLINK(', 'onerror=', '\u202E', '\u200D'])(
    'carry %j as plain text',
    (markup) => {
      expect(rows.some(({ text }) => text.includes(markup))).toBe(true);
    },
  );

  it('name only example domains, free-mail aside', () => {
    const text = rows.map((row) => `${row.text} ${row.url ?? ''} ${row.author.email ?? ''}`).join('\n');
    const links = [...text.matchAll(/(?:https?:\/\/|@)([a-z0-9-]+(?:\.[a-z0-9-]+)+)/gi)].map(
      ([, domain = '']) => domain,
    );
    const freeMail = ['gmail.com', 'outlook.com', 'gmx.de'];

    expect(links.filter((domain) => !domain.endsWith('.example') && !freeMail.includes(domain))).toEqual([]);
  });
});

describe('the story', () => {
  it('lets complaints about the price climb after day -5', () => {
    const before = [-9, -8, -7, -6].reduce((sum, day) => sum + count(day, 'pricing:negative'), 0);
    const after = [-5, -4, -3, -2].reduce((sum, day) => sum + count(day, 'pricing:negative'), 0);

    expect(after).toBeGreaterThan(10 * before);
  });

  it.each([
    [-8, 'product:negative', 15],
    [-3, 'service:negative', 10],
    [0, 'product:positive', 20],
    [0, 'sales:negative', 5],
  ])('has on day %i of %s at least %i', (day, opinion, least) => {
    expect(count(day, opinion)).toBeGreaterThanOrEqual(least);
  });

  it.each(BUILT_IN_ASPECTS)('speaks of %s today', (aspect) => {
    expect(opinionsOn(0).filter((opinion) => opinion.startsWith(`${aspect}:`)).length).toBeGreaterThanOrEqual(
      4,
    );
  });
});

describe('the sample accounts', () => {
  const top20 = accounts.toSorted((a, b) => b.revenue - a.revenue).slice(0, 20);

  it('are heard from 25 clients or more, while at least five of the top 20 are silent', () => {
    expect(accounts.filter((account) => rowsOf(account).length > 0).length).toBeGreaterThanOrEqual(25);
    expect(top20.filter((account) => rowsOf(account).length === 0).length).toBeGreaterThanOrEqual(5);
  });

  it('mostly praise the product at the top, while several of them complain about sales', () => {
    const likes = top20.filter((one) => says(one, 'product:positive') > says(one, 'product:negative'));
    const complains = top20.filter((one) => says(one, 'sales:negative') > 0);

    expect(likes.length).toBeGreaterThanOrEqual(10);
    expect(complains.length).toBeGreaterThanOrEqual(5);
  });

  it('share no domain and no handle', () => {
    const keys = accounts.flatMap(({ domains, handles }) => [...domains, ...handles]);

    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('the sample config', () => {
  it('is accepted, and sends tier-1 complaints about sales to the executives as well', () => {
    const config = parseConfig(readFileSync(configPath, 'utf8'), {
      file: configPath,
      env: {},
      registries: { receivers: receiverKinds, sources: new Map() },
    });

    expect(config.departments.map(({ name }) => name)).toEqual(['product', 'sales', 'finance', 'service']);
    expect(config.digests.map(({ name }) => name)).toEqual([
      'executive',
      'product',
      'sales',
      'finance',
      'service',
    ]);
    expect(config.route.routes[0]).toMatchObject({ receiver: 'executives', continue: true, groupWaitMs: 0 });
    expect(config.receivers.flatMap(({ integrations }) => integrations.map(({ kind }) => kind))).toEqual(
      config.receivers.map(() => 'file'),
    );
  });
});
