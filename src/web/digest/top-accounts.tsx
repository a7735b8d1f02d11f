import type { ReactNode } from 'react';
import type { Digest } from '../../contract/digests.ts';
import { Card } from '../ui/page.tsx';
import table from '../ui/table.module.css';
import { dayName } from '../ui/time.ts';
import { count } from '../ui/words.ts';
import css from './digest-page.module.css';
import { Evidence } from './evidence-link.tsx';

const MOODS = { upset: '− upset', delighted: '+ delighted', mixed: '± mixed', neutral: '= neutral' } as const;

/** The accounts with the highest revenue: who spoke, in which mood, and who is silent. */
export function TopAccounts({ digest: { top_accounts: accounts } }: { readonly digest: Digest }): ReactNode {
  const { of, heard, silent, silence } = accounts;
  if (of === 0) return null;
  return (
    <Card title={`Top accounts: ${heard.length} of ${of} heard`}>
      {heard.length > 0 && (
        <table className={table.table}>
          <thead>
            <tr>
              <th>Account</th>
              <th>Mood</th>
              <th>Said</th>
              <th>Owner</th>
              <th className={table.number}>Revenue</th>
            </tr>
          </thead>
          <tbody>
            {heard.map((account) => (
              <tr key={account.name}>
                <th scope="row">
                  {account.name} {account.tier && <span className={css.quiet}>tier {account.tier}</span>}
                </th>
                <td data-label="Mood" className={css.mood} data-mood={account.mood}>
                  {MOODS[account.mood]}
                </td>
                <td data-label="Said">
                  <Evidence to={account.evidence}>
                    {count(account.messages, 'message')}, {account.negative} − {account.positive} +
                  </Evidence>
                </td>
                <td data-label="Owner">{account.owner || '–'}</td>
                <td data-label="Revenue" className={table.number}>
                  {account.revenue?.toLocaleString('en') ?? '–'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {silent.length > 0 && (
        <details className={css.silent}>
          <summary>
            {count(silent.length, 'account')} silent ({silence})
          </summary>
          <ul className={css.list}>
            {silent.map(({ name, tier, owner, last_heard: last }) => (
              <li key={name}>
                <strong>{name}</strong>{' '}
                <span className={css.quiet}>
                  {[
                    tier && `tier ${tier}`,
                    owner && `owner ${owner}`,
                    last ? `last heard ${dayName(last)}` : 'never heard',
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  );
}
