// Own texts that look like what is heard: what is said, about what, with the noise around it.

const OPENERS = ['@acme', '@acme hi,', 'so', 'ok @acme', 'Hey @acme', '', 'FYI @acme:', 'Dear @acme'];
const SUBJECTS = [
  'your new dashboard',
  'the mobile app',
  'my order from last week',
  'the sales rep we met on Monday',
  'the invoice you sent us',
  'your support line',
  'the delivery to our office',
  'the annual plan',
];
const VERDICTS = [
  'is fantastic, thank you so much!',
  'keeps failing and nobody tells us why 😡',
  "was late again, that's the third time this month",
  'is far too expensive for what it does',
  'could use a dark mode, just saying',
  'was a pleasure to deal with :)',
  'does not work since the last update. Any news?',
  'is okay I guess, but the old one was better',
];
const CLOSERS = [
  '',
  '#fail',
  'http://example.com/a1b2',
  'Please fix this.',
  'How do I change it?',
  'We may look elsewhere.',
  'Otherwise all good!',
];

/** So many different posts of about a hundred characters. */
export function posts(count: number): string[] {
  return Array.from({ length: count }, (_, at) =>
    [pick(OPENERS, at), pick(SUBJECTS, at * 3 + 1), pick(VERDICTS, at * 5 + 2), pick(CLOSERS, at * 7 + 3), at]
      .join(' ')
      .trim(),
  );
}

/** So many mails of about a thousand characters, with greeting, quote, signature and legal notice. */
export function mails(count: number): string[] {
  return Array.from({ length: count }, (_, at) => {
    const body = posts(6 + (at % 3)).map(
      (post, line) => `${post.replace('@acme', '').trim()} (${at + line}).`,
    );
    return [
      `Our account ${at}`,
      '',
      'Dear Customer Support,',
      '',
      ...body.slice(0, 3),
      '',
      ...body.slice(3),
      '',
      'Best regards,',
      'Robin Vale',
      'Head of Operations',
      '',
      'On Tue, 3 Mar 2026 at 10:12, Acme Support wrote:',
      '> Thank you for your patience.',
      '> Our service team is looking into it.',
      '',
      'This e-mail and any attachments are confidential.',
    ].join('\n');
  });
}

function pick(list: readonly string[], at: number): string {
  return list[at % list.length] ?? '';
}

/** A small labelled set for the comparison with a trained classifier. */
export const trainingPosts: readonly { readonly text: string; readonly label: string }[] = SUBJECTS.flatMap(
  (subject, row) =>
    VERDICTS.map((verdict) => ({
      text: `${subject} ${verdict}`,
      label:
        ['product', 'product', 'sales', 'sales', 'pricing', 'service', 'service', 'pricing'][row] ??
        'product',
    })),
);
