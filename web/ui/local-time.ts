const parts = (zone: string) =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })

/** An instant as a field for a time takes it, on the clocks of a zone: `2024-05-01T09:42`. */
export const localOf = (instant: string, zone: string): string =>
  parts(zone).format(new Date(instant)).replace(' ', 'T')

/** The instant of a wall clock in a zone; undefined for what is none. */
export function instantOf(local: string, zone: string): string | undefined {
  const wall = Date.parse(`${local}:00Z`)
  // Browsers read `:00Z` alone as some day of their own.
  if (!/^\d{4,}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local) || Number.isNaN(wall)) return undefined
  let instant = wall
  // Two steps find the offset also where it changes near that time.
  for (let step = 0; step < 2; step++) {
    const shown = Date.parse(`${localOf(new Date(instant).toISOString(), zone)}:00Z`)
    instant += wall - shown
  }
  return new Date(instant).toISOString()
}
