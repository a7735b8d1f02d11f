import { fileURLToPath } from 'node:url';

/** The project's own labelled texts. */
export const CORPUS_FOLDER = fileURLToPath(new URL('../analysis/corpus/', import.meta.url));
