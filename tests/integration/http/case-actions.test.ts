import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CaseRow } from '../../../src/contract/cases.ts';
import { act, done, list, matterWord, openCase, read, undo } from './case-fixture.ts';
import { type Http, openHttp, readAnswer, type Visitor } from './http-fixture.ts';

let http: Http;
let sales: Visitor;
let colleague: Visitor;
let product: Visitor;
beforeAll(async () => {
  http = await openHttp();
  http.admit();
  sales = await http.signIn('agent', 'sales');
  colleague = await http.signIn('agent', 'sales');
  product = await http.signIn('agent', 'product');
});
afterAll(() => http.close());

let subject: CaseRow;
let round = 0;
const word = (): string => matterWord(round);
beforeEach(async () => {
  round += 1;
  subject = await newCase(`The sales team never called back, matter ${word()}`);
});

const newCase = (text: string): Promise<CaseRow> => openCase(http, sales, text);

const auditOf = async (id: string) =>
  (
    await http.fresh.database.query<{ action: string }>(
      'SELECT action FROM audit_log WHERE subject = $1 ORDER BY audit_log.id',
      `case ${id}`,
    )
  ).map(({ action }) => action);

describe('what a person does', () => {
  it('is kept with who did it, in the history and the audit log', async () => {
    const accepted = await done(sales, subject, { kind: 'accept' });
    expect(accepted.case).toMatchObject({ status: 'accepted', version: 2, assignee: { id: sales.id } });
    const noted = await done(sales, accepted.case, { kind: 'note', text: 'Called them: <b>no answer</b>' });
    const given = await done(sales, noted.case, { kind: 'assign', assignee: colleague.id });
    const solved = await done(colleague, given.case, {
      kind: 'resolve',
      resolution: 'fixed',
      note: 'A new rep',
    });

    const { case: row, history } = await read(sales, subject.id);

    expect(row).toMatchObject({ status: 'resolved', resolution: 'fixed', version: 5 });
    expect(row).toEqual({ ...solved.case, isUnread: false });
    expect(history.map(({ by, action, assignee }) => [by.id, action, assignee?.id])).toEqual([
      [sales.id, { kind: 'accept' }, undefined],
      [sales.id, { kind: 'note', text: 'Called them: <b>no answer</b>' }, undefined],
      [sales.id, { kind: 'assign', assignee: colleague.id }, colleague.id],
      [colleague.id, { kind: 'resolve', resolution: 'fixed', note: 'A new rep' }, undefined],
    ]);
    expect(await auditOf(subject.id)).toEqual(['case accept', 'case note', 'case assign', 'case resolve']);
    expect(await list(sales, `tab=resolved&q=${encodeURIComponent(`matter ${word()}`)}`)).toHaveLength(1);
    await expect(http.fresh.database.execute('DELETE FROM case_event')).rejects.toThrow();
    await expect(http.fresh.database.execute('UPDATE case_event SET person_id = 1')).rejects.toThrow();
  });

  it('is refused when somebody else was faster', async () => {
    const races = await Promise.all(
      [sales, colleague, sales, colleague].map((visitor) => act(visitor, subject, { kind: 'accept' })),
    );

    expect(races.filter((acted) => typeof acted !== 'number')).toHaveLength(1);
    expect(races.filter((acted) => acted === 409)).toHaveLength(3);
    expect((await read(sales, subject.id)).history).toHaveLength(1);
  });

  it('is refused to other departments, to executives, and for strangers', async () => {
    const executive = await http.signIn('executive');

    expect(await act(product, subject, { kind: 'accept' })).toBe(404);
    expect(await act(executive, subject, { kind: 'accept' })).toBe(403);
    expect(await act(sales, subject, { kind: 'assign', assignee: product.id })).toBe(400);
    expect(await act(sales, { ...subject, id: '987654321' }, { kind: 'accept' })).toBe(404);
  });

  it('moves a case from tab to tab', async () => {
    const q = `q=${encodeURIComponent(`matter ${word()}`)}`;
    const tabs = async () => {
      const found = await Promise.all(
        (['open', 'mine', 'waiting', 'snoozed', 'resolved', 'declined'] as const).map(async (tab) =>
          (await list(sales, `tab=${tab}&${q}`)).length > 0 ? [tab] : [],
        ),
      );
      return found.flat();
    };
    const until = new Date(Date.now() + 3_600_000).toISOString();

    expect(await tabs()).toEqual(['open']);
    const accepted = await done(sales, subject, { kind: 'accept' });
    expect(await tabs()).toEqual(['mine', 'waiting']);
    const snoozed = await done(sales, accepted.case, { kind: 'snooze', until });
    expect(await tabs()).toEqual(['snoozed']);
    const woken = await done(sales, snoozed.case, { kind: 'reopen' });
    expect(await tabs()).toEqual(['mine', 'waiting']);
    const passed = await done(sales, woken.case, {
      kind: 'not-ours',
      department: 'product',
      reason: 'about the app',
    });
    expect(await tabs()).toEqual(['declined']);
    expect(passed.case.status).toBe('declined');
  });
});

describe('taking back', () => {
  it('puts the case as it was, once, and stays in the history', async () => {
    const accepted = await done(sales, subject, { kind: 'accept' });
    const resolved = await done(sales, accepted.case, { kind: 'resolve', resolution: 'wont-fix' });

    const results = await Promise.all([undo(sales, resolved.eventId), undo(sales, resolved.eventId)]);

    expect(results.flat().map(({ result }) => result)).toEqual(expect.arrayContaining(['done', 'conflict']));
    const { case: row, history } = await read(sales, subject.id);
    expect(row).toMatchObject({ status: 'accepted', resolution: null, assignee: { id: sales.id } });
    expect(history.map(({ isUndone, canUndo, undoes }) => ({ isUndone, canUndo, undoes }))).toEqual([
      { isUndone: false, canUndo: false, undoes: null },
      { isUndone: true, canUndo: false, undoes: null },
      { isUndone: false, canUndo: false, undoes: resolved.eventId },
    ]);
  });

  it('is for who did it, for ten minutes, and before anybody goes on', async () => {
    const accepted = await done(sales, subject, { kind: 'accept' });
    expect(await undo(colleague, accepted.eventId)).toMatchObject([{ result: 'not-found' }]);
    await done(colleague, accepted.case, { kind: 'note', text: 'I know them' });
    expect(await undo(sales, accepted.eventId)).toMatchObject([{ result: 'conflict' }]);

    const [event] = await http.fresh.database.query<{ id: string }>(
      `INSERT INTO case_event (case_id, at, person_id, action, undo, version) VALUES ($1::bigint, now() - interval '11 minutes', $2::int, '{"kind":"accept"}', '{}', 3) RETURNING id::text`,
      subject.id,
      Number(sales.id),
    );
    expect(await undo(sales, event?.id ?? '')).toMatchObject([
      { result: 'conflict', message: expect.stringContaining('ten minutes') },
    ]);
  });

  it('of a resolution is refused where the matter is open again', async () => {
    const text = `The sales team never called back, matter ${word()}`;
    const resolved = await done(sales, subject, { kind: 'resolve', resolution: 'fixed' });
    const again = await newCase(text);

    const [result] = await undo(sales, resolved.eventId);

    expect(result).toMatchObject({ result: 'conflict', message: expect.stringContaining(again.id) });
    expect(await act(sales, resolved.case, { kind: 'reopen' })).toBe(409);
  });
});

describe('reopening', () => {
  it('in the instant in which routing opens the same matter gives one open case and a clear answer', async () => {
    const { case: resolved } = await done(sales, subject, { kind: 'resolve', resolution: 'fixed' });
    const [row] = await http.fresh.database.query<{ key: string; department: number }>(
      'SELECT case_key AS key, department_id AS department FROM cases WHERE id = $1::bigint',
      subject.id,
    );
    let reopened: Promise<unknown> = Promise.resolve();
    await http.fresh.database.transaction(async (sql) => {
      await sql.execute(
        'INSERT INTO cases (department_id, case_key) VALUES ($1::int, $2)',
        row?.department,
        row?.key,
      );
      reopened = act(sales, resolved, { kind: 'reopen' });
      await vi.waitFor(async () => {
        const waiting = await http.fresh.database.query(
          `SELECT 1 AS found FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
        );
        expect(waiting).toHaveLength(1);
      }, 20_000);
    });

    expect(await reopened).toBe(409);
    expect((await read(sales, subject.id)).case.status).toBe('resolved');
  });
});

describe('correcting a label', () => {
  const opinionOf = async (id = subject.id) => (await read(sales, id)).mentions[0]?.opinions[0];

  it('shows at once, keeps what the model had said, and can be taken back', async () => {
    const opinion = await opinionOf();
    const opinionId = opinion?.opinionId ?? '';

    const corrected = await done(sales, subject, {
      kind: 'correct',
      opinionId,
      label: { aspect: 'service', polarity: 'neutral' },
    });

    expect(corrected.case.chips).toEqual([{ aspect: 'service', polarity: 'neutral', opinions: 1 }]);
    expect(await opinionOf()).toMatchObject({
      aspect: 'service',
      polarity: 'neutral',
      corrected: { by: 'agent 1', aspect: 'sales', polarity: 'negative' },
    });
    const rows = await http.fresh.database.query(
      'SELECT aspect, polarity, author FROM correction ORDER BY correction.id',
    );
    expect(rows).toEqual([
      { aspect: 'sales', polarity: null, author: 'agent 1' },
      { aspect: 'service', polarity: 'neutral', author: 'agent 1' },
    ]);
    expect(await undo(sales, corrected.eventId)).toMatchObject([{ result: 'done' }]);
    expect(await opinionOf()).toMatchObject({ aspect: 'sales', polarity: 'negative' });
    const q = encodeURIComponent(`aspect:sales polarity:neg "matter ${word()}"`);
    expect(await list(sales, `q=${q}`)).toHaveLength(1);
  });

  it('says that there is no opinion, and counts in the digest of the day', async () => {
    const opinionId = (await opinionOf())?.opinionId ?? '';
    const admin = await http.signIn('admin');
    const today = new Date().toISOString().slice(0, 10);
    const negative = async () => {
      const digest = readAnswer('getDigest', await admin.ask(`/api/v1/digests/executive/${today}`));
      return digest.aspects.find(({ aspect }) => aspect === 'sales')?.today.negative.messages ?? 0;
    };
    const before = await negative();

    const { case: row } = await done(sales, subject, {
      kind: 'correct',
      opinionId,
      label: { aspect: 'sales', polarity: null },
    });

    expect(row.chips).toEqual([]);
    expect(row.quote?.text).toContain('never called back');
    expect(await opinionOf()).toMatchObject({ polarity: null });
    expect(await negative()).toBe(before - 1);
  });

  it('is refused for an opinion of another case', async () => {
    const opinionId = (await opinionOf())?.opinionId ?? '';
    round += 1;
    const other = await newCase(`Quite another thing about sales, matter ${word()}`);

    const label = { aspect: 'sales', polarity: 'positive' } as const;
    expect(await act(sales, other, { kind: 'correct', opinionId, label })).toBe(404);
  });
});

describe('many cases at once', () => {
  it('are each done as a whole or not at all, with their own result, and taken back together', async () => {
    const first = subject;
    round += 1;
    const second = await newCase(`The contract was not what we were told, matter ${word()}`);
    await done(colleague, second, { kind: 'accept' });
    round += 1;
    const third = await newCase(`Too many calls by the sales people, matter ${word()}`);
    const cases = [first, second, third, { id: '987654321', version: 1 }].map(({ id, version }) => ({
      id,
      version,
    }));

    const answer = await sales.ask('/api/v1/cases/actions', {
      method: 'POST',
      json: { cases, action: { kind: 'resolve', resolution: 'passed-on', note: 'told the director' } },
    });

    const { results } = readAnswer('actOnCases', answer);
    expect(results.map(({ id, result }) => [id, result])).toEqual([
      [first.id, 'done'],
      [second.id, 'conflict'],
      [third.id, 'done'],
      ['987654321', 'not-found'],
    ]);
    expect(results[0]?.case).toMatchObject({ status: 'resolved', resolution: 'passed-on' });
    expect((await read(sales, second.id)).case.status).toBe('accepted');
    const events = results.flatMap(({ eventId }) => eventId ?? []);
    expect((await undo(sales, ...events)).map(({ result }) => result)).toEqual(['done', 'done']);
    expect((await read(sales, third.id)).case.status).toBe('open');
  });

  it.each([
    ['none', []],
    ['more than 200', Array.from({ length: 201 }, (_, id) => ({ id: String(id), version: 1 }))],
    ['one without a version', [{ id: '1' }]],
    ['one with a department', [{ id: '1', version: 1, department: 'sales' }]],
  ])('are refused when there is %s', async (_, cases) => {
    const json = { cases, action: { kind: 'accept' } };

    expect((await sales.ask('/api/v1/cases/actions', { method: 'POST', json })).status).toBe(400);
  });
});
