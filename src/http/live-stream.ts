import type { RequestHandler, Response } from 'express';
import { type Person, visibleDepartments } from '../domain/access.ts';
import type { LiveEvent, LiveEvents } from '../domain/ports/live-events.ts';
import { AppError } from '../lib/app-error.ts';
import { tokenHash } from '../lib/token.ts';
import type { Admitted } from './api-router.ts';

export interface LiveDeps {
  readonly live: LiveEvents;
  /** Whether the session still goes on, without counting as use of it. */
  readonly isAlive: (token: string) => Promise<boolean>;
  /** How often a silent stream says that it is there, and looks whether its session is. */
  readonly heartbeatMs?: number;
}

/** Each tab of a browser holds one. */
const MOST_STREAMS = 10;
/** Whoever reads slower than this fills our memory. */
const MOST_UNREAD_BYTES = 256 * 1024;

/** `GET /api/v1/events`: tells which cases of the caller's departments changed, for as long as the session goes on. */
export function liveStream({ live, isAlive, heartbeatMs = 20_000 }: LiveDeps): RequestHandler {
  const open = new Map<string, number>();
  return (request, response) => {
    const { caller, session: token } = response.locals as Admitted;
    if (caller === null || caller === 'key' || token === null) throw new AppError('auth', 'Sign in first');
    const hash = tokenHash(token);
    const count = (open.get(hash) ?? 0) + 1;
    if (count > MOST_STREAMS)
      throw new AppError('conflict', `This session has ${MOST_STREAMS} streams open already; close one`);
    open.set(hash, count);

    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' });
    // A browser that comes again sends the id back, and then cannot know what it missed.
    response.write('id: 0\nretry: 3000\n\n');
    if (request.get('last-event-id') !== undefined) send(response, 'resync', {});
    const unsubscribe = live.subscribe((event) => tell(response, { event, caller, hash }));
    const beat = setInterval(() => {
      response.write(': still here\n\n');
      isAlive(token).then(
        (goesOn) => goesOn || finish(response),
        // The database is away; the session is looked for at the next beat.
        () => undefined,
      );
    }, heartbeatMs);
    response.on('close', () => {
      clearInterval(beat);
      unsubscribe();
      const left = (open.get(hash) ?? 1) - 1;
      if (left > 0) open.set(hash, left);
      else open.delete(hash);
    });
  };
}

interface Told {
  readonly event: LiveEvent;
  readonly caller: Person;
  readonly hash: string;
}

function tell(response: Response, { event, caller, hash }: Told): void {
  if (response.writableLength > MOST_UNREAD_BYTES) {
    response.destroy();
  } else if (event.kind === 'cases') {
    const visible = visibleDepartments(caller);
    const { department, ids, more } = event;
    if (visible === 'all' || visible.includes(department)) send(response, 'cases', { department, ids, more });
  } else if (event.kind === 'resync') {
    send(response, 'resync', {});
  } else if (event.kind === 'closing') {
    response.end();
  } else if (event.hash === hash) {
    finish(response);
  }
}

function send(response: Response, event: string, data: object): void {
  response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

function finish(response: Response): void {
  if (response.writableEnded) return;
  send(response, 'end', {});
  response.end();
}
