import { Button, Group, Progress } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Answer } from '../../contract/api.ts';
import { useApi } from '../api/use-api.ts';
import { Card, Facts, Page } from '../ui/page.tsx';
import { waitingFor } from '../ui/states.tsx';
import { moment } from '../ui/time.ts';
import { useChange } from '../ui/use-change.ts';
import { count } from '../ui/words.ts';
import { Comparison } from './comparison.tsx';

type Analysis = Answer<'getAnalysis'>;

const HISTORY_DAYS = 90;
const REFRESH_MS = 5_000;

/** Which model reads, what people's corrections taught it, and what reading history again would change. */
export function AnalysisPage(): ReactNode {
  const asked = useApi('getAnalysis', {}, { refreshEvery: REFRESH_MS });
  const { data } = asked;
  return (
    <Page title="Analysis" lead={data && `Read by ${data.model}.`}>
      {waitingFor(asked)}
      {data && <LearnedCard learned={data.learned} />}
      {data && data.ownAspects.length > 0 && <OwnAspects aspects={data.ownAspects} />}
      {data && <HistoryCard reanalysis={data.reanalysis} />}
    </Page>
  );
}

function LearnedCard({ learned }: Pick<Analysis, 'learned'>): ReactNode {
  const { change, call } = useChange('getAnalysis');
  const drop = async (): Promise<string> => {
    await call('dropLearned', {});
    return 'What was learned is off; the model reads alone again within a minute.';
  };
  if (learned === null)
    return (
      <Card title="Learned from your corrections">
        <p>
          Nothing yet. After ten corrections it learns in the background, and keeps what reads them better.
        </p>
      </Card>
    );
  const { isOn, texts, exactBefore, exactAfter, author, createdAt } = learned;
  return (
    <Card title="Learned from your corrections">
      <Facts
        of={[
          ['corrected', count(texts, 'text')],
          ['model alone', `reads ${exactBefore} of them exactly right`],
          ['with the rest', `reads ${exactAfter}, each by what the others taught`],
          ['state', `${isOn ? 'on' : 'off'}, by ${author}, ${moment(createdAt)}`],
        ]}
      />
      {isOn && (
        <Button mt="md" size="xs" variant="default" onClick={() => change(drop)}>
          Turn off
        </Button>
      )}
    </Card>
  );
}

function OwnAspects({ aspects }: { readonly aspects: Analysis['ownAspects'] }): ReactNode {
  return (
    <Card title="Aspects of your own">
      <Facts
        of={aspects.map(({ aspect, texts, isUncertain, sure, wrong }) => [
          aspect,
          [
            isUncertain ? `uncertain: ${texts} of 30 texts` : count(texts, 'text'),
            ...(sure.length > 0 ? [`also told by ${sure.join(', ')}`] : []),
            ...(wrong.length > 0 ? [`no longer by ${wrong.join(', ')}`] : []),
          ].join(' · '),
        ])}
      />
    </Card>
  );
}

function HistoryCard({ reanalysis }: Pick<Analysis, 'reanalysis'>): ReactNode {
  const { change, call } = useChange('getAnalysis');
  const begin = async (): Promise<string> => {
    await call('beginReanalysis', { body: { days: HISTORY_DAYS } });
    return `The last ${HISTORY_DAYS} days are being read again.`;
  };
  const settle = (action: 'adopt' | 'drop') => async (): Promise<string> => {
    await call('settleReanalysis', { body: { action } });
    return action === 'adopt' ? 'The new reading counts from now on.' : 'The new reading is forgotten.';
  };
  const state = reanalysis?.state;
  return (
    <Card title="History, read again">
      <p>
        {state === 'reading'
          ? `Reading: ${reanalysis?.lookedAt} of ${count(reanalysis?.total ?? 0, 'message')}. Nothing changes until you say so.`
          : 'After a new model or new aspects, history can be read again and compared before it counts.'}
      </p>
      {reanalysis && state === 'reading' && (
        <Progress
          mt="sm"
          aria-label="Read so far"
          value={(100 * reanalysis.lookedAt) / Math.max(1, reanalysis.total)}
        />
      )}
      {reanalysis?.comparison && (
        <Comparison comparison={reanalysis.comparison} examples={reanalysis.examples} />
      )}
      <Group mt="md" gap="xs">
        {state === 'read' && (
          <Button size="xs" onClick={() => change(settle('adopt'))}>
            Make it count
          </Button>
        )}
        {(state === 'read' || state === 'reading') && (
          <Button size="xs" variant="default" onClick={() => change(settle('drop'))}>
            Forget it
          </Button>
        )}
        {state !== 'read' && state !== 'reading' && (
          <Button size="xs" variant="default" onClick={() => change(begin)}>
            Read the last {HISTORY_DAYS} days again
          </Button>
        )}
      </Group>
      {reanalysis && state === 'current' && (
        <p>
          The reading by {reanalysis.model}, begun by {reanalysis.author} {moment(reanalysis.createdAt)},
          counts now.
        </p>
      )}
    </Card>
  );
}
