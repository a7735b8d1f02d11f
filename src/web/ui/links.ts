/** The address when a browser may follow it: http or https and nothing else. */
export function webAddress(address: string | null): string | null {
  if (address === null || !URL.canParse(address)) return null;
  const { protocol, href } = new URL(address);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}

/** Path and query of an address that this app serves; mails carry it with the host that is theirs. */
export function pathOf(address: string): string {
  if (!URL.canParse(address, 'http://localhost')) return '/';
  const { pathname, search } = new URL(address, 'http://localhost');
  return `/${pathname.replace(/^\/+/, '')}${search}`;
}

export function mentionPath(id: string): string {
  return `/mentions/${encodeURIComponent(id)}`;
}

export function casePath(id: string): string {
  return `/inbox?case=${encodeURIComponent(id)}`;
}

export function digestPath(name: string, date: string): string {
  return `/digests/${encodeURIComponent(name)}/${date}`;
}
