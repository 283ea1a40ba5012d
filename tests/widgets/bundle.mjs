// node bundle.mjs FOLDER: bundles pages/*.js, which import their libraries by name, for the browser.
import { build } from 'esbuild';
import { readdirSync } from 'node:fs';

const pages = readdirSync('pages').filter((name) => name.endsWith('.js') && name !== 'log.js');
await build({
  entryPoints: pages.map((name) => `pages/${name}`),
  outdir: process.argv[2],
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'chrome120',
  jsx: 'automatic',
  loader: { '.js': 'jsx', '.ttf': 'dataurl', '.svg': 'dataurl', '.woff': 'dataurl', '.woff2': 'dataurl' },
  define: { 'process.env.NODE_ENV': '"production"' },
  minify: true,
  legalComments: 'none',
  logLevel: 'error',
});
