/** The address of a route with its parameters and query filled in; blank query values are left out. */
export function addressOf(
  route: { path: string },
  given: { params?: unknown; query?: unknown } = {},
): string {
  const params = (given.params ?? {}) as Record<string, unknown>
  const path = route.path.replace(/:(\w+)/g, (_whole, name: string) =>
    encodeURIComponent(String(params[name])),
  )
  const query = new URLSearchParams(filled((given.query ?? {}) as Record<string, unknown>)).toString()
  return query ? `${path}?${query}` : path
}

/** The values that say something, as text. */
export function filled(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined || value === null || value === '' ? [] : [[name, String(value)]],
    ),
  )
}

/** Where to go after sign-in: only a path of this site, never another one (`//evil`, `/\evil`, `https:`). */
export function ownPath(back: string | undefined): string {
  if (!back || !/^\/(?![/\\])/.test(back) || back.startsWith('/sign-in')) return '/board'
  return back
}
