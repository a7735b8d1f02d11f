import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Digest } from '../../contract/digests.ts';
import { pathOf } from '../ui/links.ts';
import { Card } from '../ui/page.tsx';
import table from '../ui/table.module.css';
import { capital, count } from '../ui/words.ts';
import css from './digest-page.module.css';

type Line = Pick<Digest['work']['open'][number], 'case' | 'url' | 'title' | 'words' | 'quote'>;

function CaseLine({ line: { url, title, words, quote } }: { readonly line: Line }): ReactNode {
  return (
    <li>
      <Link href={pathOf(url)} className={css.caseTitle ?? ''}>
        {capital(title)}
      </Link>
      {quote && <p className={css.words}>{quote.text === null ? 'erased since' : `“${quote.text}”`}</p>}
      <p className={css.quiet}>{capital(words)}</p>
    </li>
  );
}

/** What waits: a department's own cases, or what needs somebody above the departments. */
export function OpenCases({ digest: { work, department } }: { readonly digest: Digest }): ReactNode {
  if (work.open_cases === 0) return null;
  return (
    <Card title={department === null ? 'Waits for somebody' : 'Your cases'}>
      <p className={css.sectionLead}>{work.waiting}</p>
      <ul className={css.list}>
        {work.open.map((line) => (
          <CaseLine key={line.case} line={line} />
        ))}
      </ul>
    </Card>
  );
}

/** What came of what customers said. */
export function ClosedCases({ digest: { work } }: { readonly digest: Digest }): ReactNode {
  if (work.closed.length === 0) return null;
  return (
    <Card title="You said, we did">
      <ul className={css.list}>
        {work.closed.map((line) => (
          <CaseLine key={line.case} line={line} />
        ))}
      </ul>
    </Card>
  );
}

/** Who passed how much on to whom. */
export function Misroutes({ digest: { work, edition } }: { readonly digest: Digest }): ReactNode {
  if (edition === 'day' || work.misroutes.length === 0) return null;
  return (
    <Card title="Passed on">
      <table className={table.table}>
        <thead>
          <tr>
            <th>From</th>
            <th>To</th>
            <th className={table.number}>Cases</th>
          </tr>
        </thead>
        <tbody>
          {work.misroutes.map(({ from, to, cases }) => (
            <tr key={`${from} ${to}`}>
              <th scope="row">{from}</th>
              <td data-label="To">{to}</td>
              <td data-label="Cases" className={table.number}>
                {count(cases, 'case')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
