import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `npm run build` makes dist/web, which the API's process serves; `npx vite` serves the sources and asks a running `earshot start`. */
export default defineConfig({
  root: 'src/web',
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // A data: address would need a hole in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One file: whoever opens a page mostly goes on to the others.
    chunkSizeWarningLimit: 800,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:4000' } },
});
