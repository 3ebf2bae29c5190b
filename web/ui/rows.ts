/**
 * J and K: the focus goes to the first thing that can be opened in the next or previous row of the table on the page, or
 * of the open dialog. Enter is then the browser's own.
 */
export function stepRow(step: 1 | -1): void {
  const place = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.querySelector('main')
  const doors = [...(place?.querySelectorAll('tbody tr') ?? [])].flatMap((row) => {
    const door = row.querySelector<HTMLElement>('a[href], button:not(:disabled), [tabindex="0"]')
    return door ? [{ row, door }] : []
  })
  const at = doors.findIndex(({ row }) => row.contains(document.activeElement))
  const next = doors[at === -1 ? (step === 1 ? 0 : doors.length - 1) : at + step]
  next?.door.focus()
  next?.door.scrollIntoView({ block: 'nearest' })
}
