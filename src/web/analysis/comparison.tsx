import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Reanalysis } from '../../contract/analysis.ts';
import table from '../ui/table.module.css';
import { count } from '../ui/words.ts';

type Counts = NonNullable<Reanalysis['comparison']>['aspects'][number]['before'];

interface Props {
  readonly comparison: NonNullable<Reanalysis['comparison']>;
  readonly examples: Reanalysis['examples'];
}

/** What a new reading of history changes: figures by aspect, bins, and some messages to look at. */
export function Comparison({ comparison, examples }: Props): ReactNode {
  const { mentions, changed, aspects, corrections, outcomes } = comparison;
  return (
    <>
      <p>
        {count(mentions, 'message')} read, {changed} with other aspects or signs.{' '}
        {corrections.labels > 0 &&
          `Of ${count(corrections.labels, 'label')} that people gave, ${corrections.before} were read so before, ${corrections.after} now.`}
      </p>
      <table className={table.table}>
        <thead>
          <tr>
            <th>Messages on</th>
            <th>Before</th>
            <th>Now</th>
          </tr>
        </thead>
        <tbody>
          {aspects.map(({ aspect, before, after }) => (
            <tr key={aspect}>
              <th scope="row">{aspect}</th>
              <td data-label="Before">{inWords(before)}</td>
              <td data-label="Now">{inWords(after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {outcomes.map(({ from, to, mentions: moved }) => (
        <p key={`${from} ${to}`}>
          {count(moved, 'message')} from “{from}” to “{to}”.
        </p>
      ))}
      {examples.length > 0 && (
        <ul>
          {examples.map(({ mentionId, text, before, after }) => (
            <li key={mentionId}>
              <Link href={`/mentions/${mentionId}`}>{text.slice(0, 120)}</Link>: {named(before)} →{' '}
              {named(after)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function inWords({ positive, neutral, negative }: Counts): string {
  return `+ ${positive}  = ${neutral}  − ${negative}`;
}

function named(labels: readonly string[]): string {
  return labels.length === 0 ? 'nothing' : labels.join(', ');
}
