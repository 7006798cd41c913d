import react from '@vitejs/plugin-react'
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'

const server = 'http://localhost:3000'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), compressed()],
  resolve: {
    alias: {
      // Its variant for browsers asks the document, and a worker has none.
      'decode-named-character-reference': createRequire(import.meta.url).resolve(
        'decode-named-character-reference',
      ),
    },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // The size check reads it to know what the first page loads.
    manifest: true,
    target: 'es2022',
    // Fonts and images as files of their own: the policy of the server allows no data: fonts.
    assetsInlineLimit: 0,
    // Of the six thousand icons behind one import only those used are read: a build in a third of the time.
    rolldownOptions: {
      experimental: { lazyBarrel: true },
      output: {
        // What every visit needs comes in two files: the libraries, which stay in the cache from one version
        // of Deskbell to the next, and our own. Left alone, what lazy pages share would make twenty.
        codeSplitting: {
          groups: [
            { name: 'libraries', tags: ['$initial'], test: /node_modules/ },
            { name: 'desk', tags: ['$initial'] },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': server,
      '/socket.io': { target: server, ws: true },
    },
  },
})

/** Every script and style once more, compressed, so that the server need not do it for each visitor. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    async writeBundle({ dir }, bundle) {
      const files = Object.keys(bundle).filter((file) => /\.(js|css|svg)$/.test(file))
      await Promise.all(files.map((file) => compress(join(dir ?? '', file))))
    },
  }
}

async function compress(file: string) {
  const content = await readFile(file)
  // Above 9 it takes ten times as long for the last hundredth.
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9 }
  const [small, smaller] = await Promise.all([
    promisify(gzip)(content, { level: 9 }),
    promisify(brotliCompress)(content, { params }),
  ])
  await Promise.all([writeFile(`${file}.gz`, small), writeFile(`${file}.br`, smaller)])
}
