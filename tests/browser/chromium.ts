/** Debian's browser; as root it runs without its sandbox. */
export const CHROMIUM = '/usr/bin/chromium';
export const FLAGS = ['--no-sandbox', '--disable-dev-shm-usage'];
