import { z } from 'zod';
import { readJson } from '../../lib/read-json.ts';
import { BUTTONS } from './buttons.ts';

const id = z.string().min(1).max(60);
const CaseId = z.string().regex(/^\d{1,18}$/);

const Pressed = z.object({
  type: z.literal('block_actions'),
  user: z.object({ id }),
  trigger_id: z.string().max(200).optional(),
  channel: z.object({ id }),
  message: z.object({
    ts: z.string().max(40),
    /** The first message of its thread, when it is a reply. */
    thread_ts: z.string().max(40).optional(),
    text: z.string().default(''),
    blocks: z
      .array(z.looseObject({ block_id: z.string().optional() }))
      .max(100)
      .default([]),
  }),
  actions: z
    .array(z.object({ action_id: z.enum(Object.keys(BUTTONS) as (keyof typeof BUTTONS)[]), value: CaseId }))
    .min(1),
});
export type Pressed = z.infer<typeof Pressed>;

/** Which thread a dialog was opened from; Slack keeps it while the dialog is open. */
const Origin = z.object({ caseId: CaseId, channel: id, ts: z.string().max(40) });
export type Origin = z.infer<typeof Origin>;

const Submitted = z.object({
  type: z.literal('view_submission'),
  user: z.object({ id }),
  view: z.object({
    callback_id: z.literal('not-ours'),
    private_metadata: z.string().max(3_000),
    state: z.object({
      values: z.object({
        department: z.object({
          choice: z.object({ selected_option: z.object({ value: z.string().max(100) }) }),
        }),
        reason: z.object({ words: z.object({ value: z.string().min(1).max(2_000) }) }),
      }),
    }),
  }),
});

/** What a person did in Slack. */
export type Interaction =
  | { readonly kind: 'pressed'; readonly pressed: Pressed }
  | {
      readonly kind: 'not-ours';
      readonly userId: string;
      readonly origin: Origin;
      readonly department: string;
      readonly reason: string;
    };

/** Reads the form that Slack posts; null for what is none of ours. */
export function readInteraction(body: string): Interaction | null {
  const payload = readJson(new URLSearchParams(body).get('payload') ?? '');
  const pressed = Pressed.safeParse(payload);
  if (pressed.success) return { kind: 'pressed', pressed: pressed.data };
  const submitted = Submitted.safeParse(payload);
  if (!submitted.success) return null;
  const { user, view } = submitted.data;
  const origin = Origin.safeParse(readJson(view.private_metadata));
  if (!origin.success) return null;
  const { department, reason } = view.state.values;
  return {
    kind: 'not-ours',
    userId: user.id,
    origin: origin.data,
    department: department.choice.selected_option.value,
    reason: reason.words.value,
  };
}

/** The dialog that asks whose a case is. */
export function notOursDialog(origin: Origin, departments: readonly string[]): object {
  return {
    type: 'modal',
    callback_id: 'not-ours',
    private_metadata: JSON.stringify(origin),
    title: { type: 'plain_text', text: 'Not ours' },
    submit: { type: 'plain_text', text: 'Pass on' },
    close: { type: 'plain_text', text: 'Cancel' },
    blocks: [
      {
        type: 'input',
        block_id: 'department',
        label: { type: 'plain_text', text: 'Whose is it?' },
        element: {
          type: 'static_select',
          action_id: 'choice',
          options: departments
            .slice(0, 100)
            .map((name) => ({ text: { type: 'plain_text', text: name }, value: name })),
        },
      },
      {
        type: 'input',
        block_id: 'reason',
        label: { type: 'plain_text', text: 'Why?' },
        element: { type: 'plain_text_input', action_id: 'words', max_length: 500 },
      },
    ],
  };
}
