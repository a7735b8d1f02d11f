import { CASE_BLOCK } from '../../digest/notification.ts';
import type { OutboundMessage } from '../../domain/delivery.ts';

/** What the id of a block of buttons begins with; the case's id follows. */
export const BUTTONS_BLOCK = 'act:';

/** What a button is told to be by. */
export const BUTTONS = { accept: 'Accept', 'not-ours': 'Not ours', snooze: 'Snooze', open: 'Open' } as const;

/** The message with a row of buttons below the last words of each case. Pure. */
export function withButtons(message: OutboundMessage): OutboundMessage {
  const blocks = message.slackBlocks ?? [];
  const cases = blocks.map(caseOf);
  return {
    ...message,
    slackBlocks: blocks.flatMap((block, place) => {
      const caseId = cases[place];
      const isLast = caseId !== undefined && !cases.includes(caseId, place + 1);
      return isLast ? [block, rowOf(caseId, urlOf(message, caseId))] : [block];
    }),
  };
}

function caseOf(block: object): string | undefined {
  const id = 'block_id' in block ? String(block.block_id) : '';
  return id.startsWith(CASE_BLOCK) ? id.slice(CASE_BLOCK.length).split(':')[0] : undefined;
}

/** Where a case is to be seen, of the cases that the message names. */
function urlOf({ payload }: OutboundMessage, caseId: string): string | undefined {
  const cases: readonly unknown[] = Array.isArray(payload['cases']) ? payload['cases'] : [];
  for (const one of cases)
    if (typeof one === 'object' && one !== null && 'id' in one && one.id === caseId && 'url' in one)
      return String(one.url);
  return undefined;
}

function rowOf(caseId: string, url: string | undefined): object {
  const actions = (['accept', 'not-ours', 'snooze', 'open'] as const).filter((one) => one !== 'open' || url);
  return {
    type: 'actions',
    block_id: `${BUTTONS_BLOCK}${caseId}`,
    elements: actions.map((action) => ({
      type: 'button',
      action_id: action,
      value: caseId,
      text: { type: 'plain_text', text: BUTTONS[action] },
      ...(action === 'accept' && { style: 'primary' }),
      ...(action === 'open' && { url }),
    })),
  };
}
