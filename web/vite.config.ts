import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** `vite build web` writes web/dist; `vite web` serves the page and hands /api to a server started beside it. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), oneLanguage(), noSharedTooltip(), compressed()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Fonts and pictures stay files: the page's policy allows no data: address for a font.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            { name: 'tanstack', test: /node_modules[\\/]@tanstack[\\/]/ },
            // What every page is built from: one file is smaller than thirty, and one request.
            {
              name: 'ui',
              test: /[\\/]web[\\/](ui[\\/](?!chart|grid|fallback-face|new-dialog|field|more|facts)|pages[\\/]shell[\\/](?!shortcut-list))/,
            },
            // What the first page calls is not in it, or it would bring words, columns and forms along.
            {
              name: 'contract',
              test: /node_modules[\\/]zod[\\/]|[\\/]contract[\\/](?!category-filter)/,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': process.env.ZHIHUAN_API ?? 'http://127.0.0.1:4780' } },
})

/**
 * Texts stand in both languages side by side, one file per module; a reader needs one of them. Seen from zh.ts and en.ts
 * each file is a module of its own, of which the bundler keeps the half that is used.
 */
function oneLanguage(): Plugin {
  return {
    name: 'one-language',
    apply: 'build',
    enforce: 'pre',
    async resolveId(source, importer) {
      const language = importer && /[\\/]locales[\\/](zh|en)\.ts$/.exec(importer)?.[1]
      if (!language || !source.startsWith('./')) return null
      const found = await this.resolve(source, importer, { skipSelf: true })
      return found && `${found.id}?${language}`
    },
  }
}

/**
 * antd's ConfigProvider brings a tooltip that moves between the things it explains, and with it all that places popups:
 * 9 kB gzipped on the first page, for something that is off unless asked for.
 */
function noSharedTooltip(): Plugin {
  const instead = '\0no-shared-tooltip'
  return {
    name: 'no-shared-tooltip',
    apply: 'build',
    enforce: 'pre',
    resolveId(source, importer) {
      const provider = /[\\/]antd[\\/]es[\\/]config-provider[\\/]index\.js$/.test(importer ?? '')
      return provider && source.startsWith('../tooltip/UniqueProvider') ? instead : null
    },
    load: (id) => (id === instead ? 'export default ({ children }) => children' : null),
  }
}

/**
 * Writes each text file of the page also as .br and .gz, so that the server sends it small without working for it. From
 * the files as written: before that, vite still fills in which pieces to load ahead.
 */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle({ dir = '' }, bundle) {
      for (const fileName of Object.keys(bundle)) {
        if (!/\.(js|css|svg)$/.test(fileName)) continue
        const path = join(dir, fileName)
        const text = readFileSync(path)
        if (text.length < 1024) continue
        const params = { [constants.BROTLI_PARAM_QUALITY]: 9 }
        writeFileSync(`${path}.br`, brotliCompressSync(text, { params }))
        writeFileSync(`${path}.gz`, gzipSync(text))
      }
    },
  }
}
