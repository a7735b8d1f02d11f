export { readDocument as run } from './read-document.ts';

/** Tells that the thread is up and its modules are loaded. */
export function ping(): void {}
