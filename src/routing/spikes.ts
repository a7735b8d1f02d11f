import type { Spike, SpikeReading, SpikeRules, SpikeSubject, SpikeTurn } from '../domain/spike.ts';

/** So many deviations above what is usual, as counts scatter by themselves. */
const DEVIATIONS = 3;
/** From this share of its aspect's people on, a theme's spike is its aspect's. */
const MOST = 0.5;

/** Whether so many people are a spike. What has nothing to be compared with is none. Pure. */
export function isSpike({ people, usual }: SpikeReading, rules: SpikeRules): boolean {
  return (
    usual !== null &&
    people >= rules.minPeople &&
    people >= rules.factor * usual &&
    people > usual + DEVIATIONS * Math.sqrt(usual)
  );
}

/**
 * What becomes of each subject that rises or rose. A spike goes on until it has been quiet for the cooldown, so that one that comes back
 * within it is the same. An aspect whose people mostly speak of one rising theme has no spike beside it. Pure.
 */
export function turnSpikes(
  readings: readonly SpikeReading[],
  open: readonly Spike[],
  rules: SpikeRules,
  now: Date,
): readonly SpikeTurn[] {
  const rising = readings.filter((reading) => isSpike(reading, rules));
  const byKey = new Map(readings.map((reading) => [keyOf(reading), reading]));
  const going = new Map(open.map((spike) => [keyOf(spike), spike]));
  const explained = (reading: SpikeReading): boolean =>
    reading.themeId === null &&
    rising.some(
      ({ aspect, themeId, people }) =>
        themeId !== null && aspect === reading.aspect && people >= MOST * reading.people,
    );
  const risingNow = new Set(
    rising.filter((one) => going.has(keyOf(one)) || !explained(one)).map((one) => keyOf(one)),
  );
  const begun = rising
    .filter((one) => risingNow.has(keyOf(one)) && !going.has(keyOf(one)))
    .map(({ people, usual, ...subject }) => ({
      subject: subjectOf(subject),
      id: null,
      isOver: false,
      spike: { beganAt: now, people, peak: people, usual: usual ?? 0, toldAt: null, quietSince: null },
    }));
  const gone = open.map((spike) => {
    const { people, usual } = byKey.get(keyOf(spike)) ?? { people: 0, usual: spike.usual };
    const quietSince = risingNow.has(keyOf(spike)) ? null : (spike.quietSince ?? now);
    const { beganAt, toldAt } = spike;
    return {
      subject: subjectOf(spike),
      id: spike.id,
      isOver: quietSince !== null && now.getTime() - quietSince.getTime() >= rules.cooldownMs,
      spike: {
        beganAt,
        toldAt,
        people,
        peak: Math.max(spike.peak, people),
        usual: usual ?? spike.usual,
        quietSince,
      },
    };
  });
  return [...begun, ...gone];
}

function subjectOf({ aspect, themeId, theme }: SpikeSubject): SpikeSubject {
  return { aspect, themeId, theme };
}

function keyOf({ aspect, themeId }: SpikeSubject): string {
  return `${themeId ?? ''} ${aspect}`;
}
