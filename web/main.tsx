import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { makeRouter } from './routes.tsx'
import { makeQueries } from './session.ts'
import { startAppearance } from './ui/appearance.ts'
import { startKeys } from './ui/keys.ts'
import { Look } from './ui/look.tsx'
import './ui/theme.css'
import { startWords } from './words.ts'

startAppearance()
await startWords()
startKeys()
const queries = makeQueries(() => toSignIn())
const router = makeRouter(queries)

function toSignIn(): void {
  const { href, pathname } = router.state.location
  if (pathname === '/sign-in' || pathname === '/setup') return
  queries.removeQueries({ queryKey: ['me'] })
  void router.navigate({ to: '/sign-in', search: { back: href } })
}

const place = document.getElementById('app')
if (place)
  createRoot(place).render(
    <QueryClientProvider client={queries}>
      <Look>
        <RouterProvider router={router} />
      </Look>
    </QueryClientProvider>,
  )

// After the first paint: the list of its pieces alone is 34 kB.
void import('./ui/fallback-face.ts').then(({ offerFallbackFace }) => offerFallbackFace())
