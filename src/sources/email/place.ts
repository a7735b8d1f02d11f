import type { Place } from './cursor.ts';
import type { MailFacts, OpenFolder, UidRange } from './imap-connection.ts';

/** How far before the latest mail a renumbered folder is read again: servers compare days, and mail may come in late. */
const RESCAN_MS = 2 * 24 * 3600 * 1000;

/**
 * Where to go on in a folder that was just opened. A folder that is read for the first time begins at `since` (milliseconds
 * since 1970), one that was renumbered two days before the latest mail that was seen in it.
 */
export function placeIn({ validity, nextUid }: OpenFolder, place: Place | undefined, since: number): Place {
  const scan = { since, until: nextUid - 1 };
  if (place === undefined) return { validity, uid: 0, latest: null, scan };
  // A UID that was read and lies ahead of the next one was given anew, under whatever UIDVALIDITY.
  if (place.validity === validity && place.uid < nextUid) return place;
  const { latest, scan: unfinished } = place;
  const from = Math.min(latest === null ? since : latest - RESCAN_MS, unfinished?.since ?? Infinity);
  return { validity, uid: 0, latest, scan: { ...scan, since: from } };
}

/** Which mails come next. Null: none are left of the scan; a range whose end lies before its start would be taken backwards. */
export function unreadIn({ uid, scan }: Place): UidRange | null {
  if (scan === undefined) return { from: uid + 1 };
  return uid >= scan.until ? null : { from: uid + 1, to: scan.until, since: new Date(scan.since) };
}

/** The place once nothing is left of a scan: from here on dates do not count. */
export function endScan({ validity, uid, latest, scan }: Place): Place {
  return { validity, uid: Math.max(uid, scan?.until ?? 0), latest };
}

/** The place after one mail. A date ahead of now would hide all mail until then from the next rescan. */
export function afterMail(place: Place, { uid, receivedAt }: MailFacts, now: Date): Place {
  const received = Math.min(receivedAt?.getTime() ?? 0, now.getTime());
  return { ...place, uid, latest: Math.max(place.latest ?? 0, received) };
}
