import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from '../domain/access.ts';
import type { CaseAction } from '../domain/case.ts';
import { AppError } from '../lib/app-error.ts';
import { actOnCase } from '../pipeline/act-on-case.ts';
import { doInteraction, type SlackReply, sayLate } from '../receivers/slack/do-interaction.ts';
import { readInteraction } from '../receivers/slack/interaction.ts';
import type { SlackOptions } from '../receivers/slack/options.ts';
import { isSignedBy, type SignedRequest } from '../receivers/slack/signed-request.ts';
import { createSlackApi } from '../receivers/slack/web-api.ts';
import { createCaseReadModel } from '../store/case-read-model.ts';
import { createCaseStore } from '../store/case-store.ts';
import { createPeopleStore } from '../store/person-store.ts';
import { takeSignature } from '../store/signed-request-store.ts';
import type { App } from './app.ts';
import { arbitrationOf } from './arbitration.ts';

/** Slack waits three seconds; what takes longer goes on, and says itself how it ended. */
const ANSWER_MS = 2_500;
const DEADLINE_MS = 30_000;
const LATE = Symbol('late');

/**
 * Takes what Slack posts when somebody presses a button. Throws AppError `not-found` where no receiver has buttons, `auth` for what none of
 * their apps has signed within five minutes, `conflict` for what was taken before, `invalid-input` for what is no button of ours.
 */
export type TakeFromSlack = (request: SignedRequest) => Promise<SlackReply>;

export function createSlackDoor(app: App): TakeFromSlack {
  const { config, database, http, clock, log } = app;
  const apps = config.receivers.flatMap(({ integrations }) =>
    integrations.flatMap(({ kind, options }) => {
      if (kind !== 'slack') return [];
      const { token, signing_secret: secret, api } = options as SlackOptions;
      if (token === undefined || secret === undefined) return [];
      return [{ secret, call: createSlackApi({ api, token, http, clock }) }];
    }),
  );
  const people = createPeopleStore(database);
  const cases = createCaseStore(database);
  const readModel = createCaseReadModel(database);
  const deps = {
    async personOf(email: string): Promise<Person | null> {
      const found = (await people.list()).find((one) => one.email === email && !one.isDisabled);
      return found ?? null;
    },
    async act(id: string, action: CaseAction, person: Person): Promise<void> {
      const [row] = await readModel.readRows([id], person);
      if (!row) throw new AppError('not-found', `There is no case ${id} that you may see`);
      await actOnCase(
        { cases, arbitration: arbitrationOf(app) },
        { id, version: row.version, action, person },
        clock(),
      );
    },
    departments: config.departments.map(({ name }) => name),
    zone: config.workspace.timezone,
  };
  return async (request) => {
    if (apps.length === 0)
      throw new AppError('not-found', 'No Slack receiver of earshot.yaml has a signing_secret');
    const now = clock();
    const from = apps.find(({ secret }) => isSignedBy(secret, request, now));
    if (from === undefined)
      throw new AppError('auth', 'Slack has not signed this within the last five minutes');
    const interaction = readInteraction(request.body);
    if (interaction === null) throw new AppError('invalid-input', 'This is no button of Earshot');
    if (!(await takeSignature(database, request.signature)))
      throw new AppError('conflict', 'This request was taken before');
    const signal = AbortSignal.timeout(DEADLINE_MS);
    const done = doInteraction({ ...deps, call: from.call }, interaction, { now, signal }).catch(
      (error: unknown) => {
        log.error({ err: error }, 'a button in Slack did nothing');
        return null;
      },
    );
    const first = await Promise.race([done, pause(ANSWER_MS, LATE)]);
    if (first !== LATE) return first;
    void done.then((reply) => sayLate(from, interaction, reply, signal));
    return null;
  };
}
