import { expect, it } from 'vitest';
import { describeBacktest } from '../../../src/cli/config-try.ts';

const at = new Date('2026-11-20T10:05:00Z');
const QUIET = {
  from: new Date('2026-10-27T00:00:00Z'),
  to: new Date('2026-11-26T00:00:00Z'),
  messages: 1234,
  opinions: 1,
  isPartial: false,
  moved: [],
  receivers: [{ receiver: 'desk', before: 3, after: 3 }],
  added: [],
  gone: [],
  muted: { before: 0, after: 0 },
  spikes: { added: [], gone: [] },
  late: { before: 3, after: 3 },
  digests: [],
};

it('says of a change that changes nothing that it does not', () => {
  expect(describeBacktest(QUIET)).toEqual([
    '2026-10-27 to 2026-11-26: 1,234 messages with 1 opinion',
    'No message would have gone to somebody else.',
    'Every receiver would have been notified as often.',
  ]);
});

it('says who gets what, who is told when and what digests count', () => {
  const sent = { at, receiver: 'desk', department: 'sales', path: 'root', opinions: 2 };
  const lines = describeBacktest({
    ...QUIET,
    isPartial: true,
    moved: [
      {
        from: ['sales'],
        to: ['product', 'service'],
        messages: 2,
        samples: [{ mentionId: '7', text: 'a\nb' }],
      },
      { from: ['sales'], to: [], messages: 1, samples: [] },
    ],
    receivers: [{ receiver: 'desk', before: 1, after: 3 }],
    added: [{ ...sent, reason: 'new' }],
    gone: [{ ...sent, reason: 'repeat' }],
    muted: { before: 0, after: 4 },
    spikes: { added: [], gone: [{ at, aspect: 'pricing', people: 12, usual: 3.4 }] },
    late: { before: 0, after: 1 },
    digests: [{ digest: 'executive', aspect: 'pricing', before: 5, after: 1 }],
  });

  expect(lines).toEqual([
    '2026-10-27 to 2026-11-26: 1,234 messages with 1 opinion, the newest of more',
    'sales → product and service: 2 messages',
    '    7  a b',
    'sales → nobody: 1 message',
    'desk: 3 notifications instead of 1',
    '  + 2026-11-20T10:05Z desk (sales): 2 opinions',
    '  − 2026-11-20T10:05Z desk (sales): repeat',
    'Held back at the end: 4 opinions instead of 0',
    '  − 2026-11-20T10:05Z spike on pricing: 12 people, usually 3',
    'Past their time: 1 case instead of 0',
    'digest executive, pricing: 1 message instead of 5',
  ]);
});
