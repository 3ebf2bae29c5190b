import { useQueryClient } from '@tanstack/react-query'
import { type Live, useFigureEvents } from './figure-events.ts'

const kept = [
  'scorecard',
  'periods',
  'period',
  'late-changes',
  'records',
  'explanation',
  'figures',
  'comparison',
  'findings',
  'distribution',
]

/** Reads figures again when they changed; what is shown stays until the new ones are there. */
export function useFreshFigures(): Live {
  const queries = useQueryClient()
  return useFigureEvents(() => {
    for (const key of kept) void queries.invalidateQueries({ queryKey: [key] })
  })
}
