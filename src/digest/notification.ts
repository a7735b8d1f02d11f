import type { OutboundMessage } from '../domain/delivery.ts';
import type { DueGroup, GroupMember } from '../domain/ports/routing-store.ts';
import { escapeMrkdwn } from '../lib/mrkdwn.ts';
import { printable } from '../lib/printable.ts';
import { cut } from './words.ts';

interface Setting {
  readonly publicUrl: string;
  readonly now: Date;
}

/** What the id of a block begins with that shows an opinion of a case; the case's id follows. */
export const CASE_BLOCK = 'case:';

/** Quotes shown before the rest is only counted. */
const SHOWN = 8;
const QUOTE_LENGTH = 280;
/** With every character escaped to five, quote and byline stay below the 3,000 that Slack takes in a section. */
const BYLINE_LENGTH = 200;
/** Machines get more of the words; the whole text stands behind the link. */
const PAYLOAD_QUOTE_LENGTH = 2_000;
const SIGN = { negative: '−', neutral: '=', positive: '+' } as const;

/**
 * What a group sends now: the most urgent opinions in the customers' words, each with a link; of a repeat what is still open, and what
 * was resolved since. Pure.
 */
export function composeNotification(group: DueGroup, { publicUrl, now }: Setting): OutboundMessage {
  const members = group.members.toSorted(
    (a, b) => b.urgency - a.urgency || Number(a.polarity !== 'negative') - Number(b.polarity !== 'negative'),
  );
  const shown = members
    .slice(0, SHOWN)
    .map((member) => ({ ...member, link: `${publicUrl}/mentions/${member.mentionId}` }));
  const more = members.length - shown.length;
  const subject = headline(group);
  const rest = more > 0 ? `and ${more} more` : '';
  const ended = group.resolved
    .slice(0, SHOWN)
    .map((member) => ({ ...member, link: `${publicUrl}/mentions/${member.mentionId}` }));
  const endedTitle = `${casesOf(group.resolved.length)} resolved`;
  return {
    id: `notification:${group.id}:${group.sequence + 1}`,
    kind: 'notification',
    thread: `group:${group.id}:${group.beginnings}`,
    subject,
    text: [
      subject,
      '',
      ...shown.map(
        (member) =>
          `${SIGN[member.polarity as keyof typeof SIGN] ?? '='} “${quote(member)}”\n  ${byline(member)}\n  ${member.link}`,
      ),
      rest,
      ...(ended.length > 0 ? [endedTitle] : []),
      ...ended.map((member) => `✓ “${quote(member)}”\n  ${member.link}`),
    ]
      .filter((line, index) => line !== '' || index === 1)
      .join('\n'),
    slackBlocks: [
      { type: 'header', text: { type: 'plain_text', text: cut(subject, 150) } },
      ...shown.map((member, place) => ({
        type: 'section',
        ...(member.caseId !== null && { block_id: `${CASE_BLOCK}${member.caseId}:${place}` }),
        text: {
          type: 'mrkdwn',
          text: `> ${escapeMrkdwn(quote(member)).replaceAll('\n', '\n> ')}\n${escapeMrkdwn(byline(member))} · <${member.link}|open>`,
        },
      })),
      ...(more > 0 ? [{ type: 'context', elements: [{ type: 'mrkdwn', text: rest }] }] : []),
      ...(ended.length > 0
        ? [{ type: 'context', elements: [{ type: 'mrkdwn', text: escapeMrkdwn(endedTitle) }] }]
        : []),
      ...ended.map((member) => ({
        type: 'section',
        text: {
          type: 'mrkdwn',
          text: `✓ ${escapeMrkdwn(quote(member)).replaceAll('\n', ' ')} · <${member.link}|open>`,
        },
      })),
    ],
    payload: {
      department: group.department,
      group: group.labels,
      status: group.reason === 'resolved' ? 'resolved' : 'firing',
      reason: group.reason,
      live: group.isLive,
      count: members.length,
      openCases: group.openCases,
      cases: [...new Set(shown.flatMap(({ caseId }) => caseId ?? []))].map((id) => ({
        id,
        url: `${publicUrl}/inbox?case=${id}`,
      })),
      resolved: ended.map(({ mentionId, aspect, polarity, link }) => ({ mentionId, aspect, polarity, link })),
      opinions: shown.map(({ link, occurredAt, ...member }) => ({
        ...member,
        quote: cut(member.quote.toWellFormed(), PAYLOAD_QUOTE_LENGTH),
        occurredAt: occurredAt.toISOString(),
        link,
      })),
    },
    createdAt: now,
  };
}

function headline({ department, members, reason, openCases, resolved }: DueGroup): string {
  const urgent = members.some(({ urgency }) => urgency >= 3) ? 'Urgent · ' : '';
  const subject = {
    first: `${urgent}${department}: ${saidBy(members)}`,
    new: `${urgent}${department}: ${saidBy(members)}`,
    repeat: `Still open · ${urgent}${department}: ${casesOf(openCases)}`,
    resolved: `Resolved · ${department}: ${casesOf(resolved.length)}`,
  }[reason];
  return cut(printable(`${subject}${accountsOf(reason === 'resolved' ? resolved : members)}`), 200);
}

function saidBy(members: readonly GroupMember[]): string {
  const negative = members.filter(({ polarity }) => polarity === 'negative').length;
  const people = new Set(members.map(({ authorId }) => authorId)).size;
  const opinions = members.length === 1 ? '1 opinion' : `${members.length} opinions`;
  return `${opinions} of ${people === 1 ? '1 person' : `${people} people`}, ${negative} negative`;
}

function accountsOf(members: readonly GroupMember[]): string {
  const accounts = [...new Set(members.flatMap(({ account }) => (account ? [account] : [])))];
  if (accounts.length === 0) return '';
  const more = accounts.length > 2 ? ` and ${accounts.length - 2} more` : '';
  return ` · ${accounts.slice(0, 2).join(', ')}${more}`;
}

function casesOf(count: number): string {
  return count === 1 ? '1 case' : `${count} cases`;
}

function byline({ author, account, tier, platform, aspect, intent }: GroupMember): string {
  const who = account ? `${author}, ${account}${tier ? ` (tier ${tier})` : ''}` : author;
  return cut(
    printable(`${who} on ${platform} · ${aspect}${intent === 'none' ? '' : ` · ${intent}`}`),
    BYLINE_LENGTH,
  );
}

function quote({ quote: text }: GroupMember): string {
  return cut(printable(text.trim()), QUOTE_LENGTH);
}
