import { z } from 'zod';
import type { StubAnswer, StubRequest } from './stub-http.ts';

const RichText = z.strictObject({
  type: z.literal('RichTextBlock'),
  inlines: z.array(
    z.strictObject({
      type: z.literal('TextRun'),
      text: z.string().min(1),
      size: z.enum(['Small', 'Large']).optional(),
      weight: z.literal('Bolder').optional(),
      isSubtle: z.boolean().optional(),
    }),
  ),
});
const Card = z.object({
  type: z.literal('AdaptiveCard'),
  version: z.literal('1.4'),
  body: z.array(RichText).min(1),
  actions: z.array(z.strictObject({ type: z.literal('Action.OpenUrl'), title: z.string(), url: z.url() })),
});
const Message = z.strictObject({
  type: z.literal('message'),
  attachments: z.tuple([
    z.strictObject({
      contentType: z.literal('application/vnd.microsoft.card.adaptive'),
      contentUrl: z.null(),
      content: Card,
    }),
  ]),
});

/** The texts of a card in order; throws when the body is none that the workflow "Send webhook alerts to a channel" posts. */
export function cardTexts(body: string): readonly string[] {
  const [{ content }] = Message.parse(JSON.parse(body)).attachments;
  return content.body.flatMap(({ inlines }) => inlines.map(({ text }) => text));
}

/** A workflow's trigger: 202 for what it can post, 413 above Teams' 28 KB, 400 for anything else. */
export function workflowAnswers({ method, body }: StubRequest): StubAnswer {
  if (method !== 'POST') return { status: 405 };
  if (Buffer.byteLength(body) > 28 * 1024) return { status: 413 };
  return Message.safeParse(JSON.parse(body)).success ? { status: 202, body: '' } : { status: 400 };
}
