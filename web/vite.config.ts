import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** `vite build web` writes web/dist; `vite web` serves the page and hands /api to a server started beside it. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
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
            { name: 'contract', test: /node_modules[\\/]zod[\\/]|[\\/]contract[\\/]/ },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': process.env.ZHIHUAN_API ?? 'http://127.0.0.1:4780' } },
})
