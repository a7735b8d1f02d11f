import { email } from './email/index.ts';
import { file } from './file/index.ts';
import { github } from './github/index.ts';
import { jira } from './jira/index.ts';
import type { ReceiverKind } from './plug-in.ts';
import { slack } from './slack/index.ts';
import { teams } from './teams/index.ts';
import { webhook } from './webhook/index.ts';

/** Every kind of way out that `earshot.yaml` may name; a folder beside this file each. */
export const receiverKinds: ReadonlyMap<string, ReceiverKind> = new Map<string, ReceiverKind>([
  ['email', email],
  ['file', file],
  ['github', github],
  ['jira', jira],
  ['slack', slack],
  ['teams', teams],
  ['webhook', webhook],
]);
