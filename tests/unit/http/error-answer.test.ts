import type { Request, Response } from 'express';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { answerErrors } from '../../../src/http/error-answer.ts';
import { AppError, type ErrorKind } from '../../../src/lib/app-error.ts';

interface Answered {
  status: number;
  headers: Record<string, string>;
  body: { error?: { kind: string; message: string; id: string } };
  logged: string[];
  passedOn: unknown;
}

/** What the handler makes of a thrown value, on a response that only takes notes. */
function answer(thrown: unknown, headersSent = false): Answered {
  const answered: Answered = { status: 0, headers: {}, body: {}, logged: [], passedOn: undefined };
  const response = {
    headersSent,
    set: (name: string, value: string) => void (answered.headers[name] = value),
    status(status: number) {
      answered.status = status;
      return response;
    },
    type: () => response,
    json: (body: Answered['body']) => void (answered.body = body),
  };
  const log = pino({ level: 'debug' }, { write: (line: string) => void answered.logged.push(line) });
  answerErrors(log)(thrown, {} as Request, response as unknown as Response, (error?: unknown) => {
    answered.passedOn = error;
  });
  return answered;
}

describe('answering an error', () => {
  it.each<[ErrorKind, number]>([
    ['invalid-input', 400],
    ['auth', 401],
    ['forbidden', 403],
    ['not-found', 404],
    ['conflict', 409],
    ['rate-limited', 429],
    ['unavailable', 503],
  ])('says what is wrong: %s as %i', (kind, status) => {
    const answered = answer(new AppError(kind, 'What was tried, and what to do'));

    expect(answered).toMatchObject({
      status,
      body: { error: { kind, message: 'What was tried, and what to do' } },
    });
    expect(answered.logged).toEqual([]);
  });

  it.each([
    new AppError('bug', 'SELECT secret FROM api_key failed'),
    new TypeError('x is undefined at /srv/earshot'),
    'a string with a secret',
    null,
    undefined,
  ])('keeps a fault of ours to the log, under the id that is answered: %s', (thrown) => {
    const { status, body, logged } = answer(thrown);

    expect(status).toBe(500);
    expect(body.error).toMatchObject({
      kind: 'bug',
      message: expect.stringContaining('the log has the details'),
    });
    expect(JSON.stringify(body)).not.toMatch(/secret|srv/);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain(body.error?.id);
  });

  it.each([
    [{ status: 413, type: 'entity.too.large' }, 'too large'],
    [{ status: 400, type: 'entity.parse.failed' }, 'not valid JSON'],
    [{ status: 415, type: 'encoding.unsupported' }, 'cannot be read'],
  ])('counts what cannot be read as their fault: %j', (fault, words) => {
    const answered = answer(Object.assign(new Error('body-parser says'), fault));

    expect(answered).toMatchObject({ status: 400, body: { error: { kind: 'invalid-input' } }, logged: [] });
    expect(answered.body.error?.message).toContain(words);
  });

  it('says when to come back', () => {
    const retryAt = new Date(Date.now() + 90_000);

    expect(
      Number(answer(new AppError('rate-limited', 'Slow down', { retryAt })).headers['Retry-After']),
    ).toBe(90);
    expect(answer(new AppError('unavailable', 'Soon')).headers['Retry-After']).toBe('5');
    expect(answer(new AppError('invalid-input', 'Never')).headers).toEqual({});
  });

  it('leaves an answer alone that has begun', () => {
    const thrown = new Error('too late');

    expect(answer(thrown, true)).toMatchObject({ status: 0, passedOn: thrown });
  });
});
