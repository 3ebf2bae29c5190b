import { useQuery } from '@tanstack/react-query'
import type { Me } from '../../../contract/access.ts'
import { listPeople } from '../../../contract/directory-people.ts'
import { readPeriods, readScorecard } from '../../../contract/measurement.ts'
import { call } from '../../call.ts'
import { mayReadRecords, productsQuery } from '../../session.ts'
import { appearance, density } from '../../ui/appearance.ts'
import { keysShown } from '../../ui/shortcuts.ts'
import { chooseLanguage, type Key, useWords } from '../../words.ts'
import { placesOf } from './site.ts'

export interface Entry {
  key: string
  kind: 'record' | 'page' | 'view' | 'indicator' | 'unit' | 'product' | 'person' | 'switch'
  name: string
  beside?: string
  /** What also finds it: the other language, a number. */
  also?: string
  href?: string
  act?: () => void
}

/** Nothing typed: pages and switches. Typed: every entry that has each word in its name, best first. */
export function fitting(entries: readonly Entry[], typed: string): Entry[] {
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return entries.filter(({ kind }) => kind === 'page' || kind === 'switch')
  const text = (entry: Entry) => `${entry.name} ${entry.also ?? ''}`.toLowerCase()
  const fits = entries.filter((entry) => words.every((word) => text(entry).includes(word)))
  return fits.slice(0, 40)
}

export function usePaletteEntries(me: Me, onShortcuts: () => void): Entry[] {
  const { t, said, label, language } = useWords()
  const periods = useQuery({ queryKey: ['periods'], queryFn: () => call(readPeriods, {}) })
  const period = (periods.data?.to ?? periods.data?.today)?.slice(0, 7)
  const card = useQuery({
    queryKey: ['scorecard', { period: period ?? '', unit: undefined, product: undefined }],
    queryFn: () => call(readScorecard, { query: { period: period ?? '' } }),
    enabled: period !== undefined,
  })
  const products = useQuery(productsQuery)
  const people = useQuery({
    queryKey: ['people'],
    queryFn: () => call(listPeople, {}),
    enabled: me.can.manage,
    staleTime: 300_000,
  })
  const views = useQuery({
    queryKey: ['views'],
    // With the palette alone: the board does without the lists' columns this contract brings.
    queryFn: async () => call((await import('../../../contract/records.ts')).listViews, { query: {} }),
    enabled: mayReadRecords(me),
    staleTime: 60_000,
  })
  const other = language === 'zh' ? 'en' : 'zh'
  const toggled = (name: string, word: Key, act: () => void): Entry => ({
    key: name,
    kind: 'switch',
    name: t(word),
    also: name,
    act,
  })
  return [
    ...placesOf(me).map((place) => ({
      key: place.to,
      kind: 'page' as const,
      name: t(place.word),
      also: place.to,
      href: place.to,
      ...('keys' in place && { beside: keysShown(place.keys) }),
    })),
    ...(views.data?.items ?? []).map(({ id, name, list, query }) => ({
      key: `view ${id}`,
      kind: 'view' as const,
      name,
      beside: label('kind', list),
      href: `/records/${list}?${query}`,
    })),
    ...(card.data?.indicators ?? []).map(({ code, name }) => ({
      key: `indicator ${code}`,
      kind: 'indicator' as const,
      name: said(name),
      also: `${name.zh} ${name.en} ${code}`,
      href: `/board?open=${encodeURIComponent(code)}`,
    })),
    ...me.units.map(({ id, name }) => ({
      key: `unit ${id}`,
      kind: 'unit' as const,
      name,
      href: `/board?unit=${id}`,
    })),
    ...(products.data?.items ?? []).map(({ id, name, code }) => ({
      key: `product ${id}`,
      kind: 'product' as const,
      name,
      beside: code,
      also: code,
      href: `/board?product=${id}`,
    })),
    ...(people.data?.items ?? []).map(({ id, name, unitName, employeeNo }) => ({
      key: `person ${id}`,
      kind: 'person' as const,
      name,
      beside: unitName,
      also: employeeNo ?? '',
      href: '/settings/people',
    })),
    toggled('dark light', 'palette.appearance', () =>
      appearance.set(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'),
    ),
    toggled('density compact', 'palette.density', () =>
      density.set(density.get() === 'compact' ? 'comfortable' : 'compact'),
    ),
    toggled('language', 'shell.language', () => chooseLanguage(other)),
    toggled('shortcuts keys', 'key.list', onShortcuts),
  ]
}
