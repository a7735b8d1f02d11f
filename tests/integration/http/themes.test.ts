import { afterAll, beforeAll, expect, it } from 'vitest';
import { themesCommand, themesMergeCommand, themesSplitCommand } from '../../../src/cli/themes.ts';
import { themeWorker } from '../../../workers/theme.ts';
import { seedWorkspace } from '../../support/seed-workspace.ts';
import { ago } from './case-fixture.ts';
import { expectError, type Http, openHttp, readAnswer, type Visitor } from './http-fixture.ts';

let http: Http;
let lead: Visitor;
let other: Visitor;
let admin: Visitor;

const SLOW = [
  'The sync is slow every morning',
  'Sync is so slow in the morning',
  'The sync is slow each morning again',
];
const CRASH = [
  'The export crashes all the time',
  'Export crashes all the time again',
  'The export still crashes all the time',
];

beforeAll(async () => {
  http = await openHttp();
  http.admit();
  lead = await http.signIn('lead', 'product');
  other = await http.signIn('lead', 'sales');
  admin = await http.signIn('admin');
  const seeded = await seedWorkspace(http.fresh.database, {
    mentions: [...SLOW, ...CRASH].map((text, n) => ({
      text,
      at: ago(120 + n),
      author: `author ${n}`,
      outcome: 'routed',
      opinions: [{ aspect: 'product', polarity: 'negative' }],
    })),
  });
  await http.fresh.database.execute(
    `INSERT INTO waiting_mention (stage, mention_id) SELECT 'theme', value::bigint FROM jsonb_array_elements_text($1::jsonb)`,
    JSON.stringify(seeded.map(({ mentionId }) => mentionId)),
  );
  await themeWorker(http.app)(new AbortController().signal);
});
afterAll(() => http.close());

const themes = async (who: Visitor) => readAnswer('listThemes', await who.ask('/api/v1/themes')).themes;
const read = async (who: Visitor, id: string) =>
  readAnswer('getTheme', await who.ask(`/api/v1/themes/${id}`));
const post = (who: Visitor, path: string, json: unknown) =>
  who.ask(`/api/v1/themes/${path}`, { method: 'POST', json });

it('are listed for those whose aspect they are about, split by hand and merged again', async () => {
  const found = await themes(lead);
  expect(found.map(({ people }) => people)).toEqual([3, 3]);
  expect(await themes(other)).toEqual([]);
  const [one, two] = found;
  if (!one || !two) throw new Error('there are no themes');

  expectError(await post(other, `${one.id}/merge`, { into: two.id }), { status: 404, kind: 'not-found' });
  expectError(await post(lead, `${one.id}/split`, { opinions: ['999999'] }), {
    status: 400,
    kind: 'invalid-input',
  });

  const { opinions } = await read(lead, one.id);
  expect(opinions).toHaveLength(3);
  const [first] = opinions;
  const made = readAnswer(
    'splitTheme',
    await post(lead, `${one.id}/split`, { opinions: [first?.opinionId] }),
  ).id;
  expect((await read(lead, made)).opinions.map(({ text }) => text)).toEqual([first?.text]);

  readAnswer('mergeThemes', await post(admin, `${made}/merge`, { into: one.id }));
  readAnswer('mergeThemes', await post(lead, `${two.id}/merge`, { into: one.id }));
  expect((await themes(lead)).map(({ people }) => people)).toEqual([6]);
  // Whoever has the old address sees what became of it.
  expect((await read(lead, two.id)).id).toBe(one.id);
});

it('are changed on the command line as well', async () => {
  let printed = '';
  const write = (text: string): boolean => {
    printed += text;
    return true;
  };
  const run = { app: http.app, terminal: { stdout: { write } } as never };
  const [all] = await themes(admin);
  if (!all) throw new Error('there is no theme');
  await themesCommand(undefined, { days: 30 }, run);
  expect(printed).toMatch(new RegExp(`^${all.id}  product: .*, 6 people, 6 opinions\n$`));
  const { opinions } = await read(admin, all.id);
  const crashes = opinions.filter(({ text }) => text?.includes('crash')).map(({ opinionId }) => opinionId);

  printed = '';
  await themesSplitCommand(all.id, crashes, run);
  const [, made = ''] = /^Theme (\d+) has 3 opinions/.exec(printed) ?? [];
  await themesCommand(made, { days: 30 }, run);
  expect(printed).toContain('The export still crashes');
  await themesMergeCommand(made, all.id, run);
  expect((await themes(admin)).map(({ people }) => people)).toEqual([6]);
  await expect(themesCommand('x', { days: 30 }, run)).rejects.toMatchObject({ kind: 'not-found' });
});
