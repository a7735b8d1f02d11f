import { argon2id, hash, verify } from 'argon2';
import { createTurns } from './turns.ts';

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const COST = { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Each hash holds a core and 19 MiB for a while; the rest of the process has to go on. */
const AT_A_TIME = 2;
const MOST_WAITING = 100;

/** Hash of nothing that anybody knows, for people who are not there: refusing them takes as long as refusing others. */
const NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ib2R5$JzT5q7QYw4h2n0m2xk5j0V1pZ8s3c6d9f2g5h8k1m4o';

export interface Passwords {
  /** The PHC string to keep. The password counts as typed: nothing is cut off or changed. */
  hash(password: string): Promise<string>;
  /** A kept hash of null answers false, after as long as any other would take. */
  verify(kept: string | null, password: string): Promise<boolean>;
}

/** Throws AppError `unavailable` when too many are waiting to be hashed. */
export function createPasswords(): Passwords {
  const turns = createTurns(AT_A_TIME, MOST_WAITING);
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    await turns.take();
    return work().finally(() => turns.give());
  };
  return {
    hash: (password) => inTurn(() => hash(password, COST)),
    verify: (kept, password) =>
      inTurn(async () => {
        const isRight = await verify(kept ?? NOBODY, password);
        return kept !== null && isRight;
      }),
  };
}
