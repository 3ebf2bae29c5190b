import { QueryCache, QueryClient, queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { type Me, type Role, whoAmI } from '../contract/access.ts'
import { listProducts } from '../contract/directory-products.ts'
import { call, codeOf, Refused } from './call.ts'

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => call(whoAmI, {}),
  staleTime: 60_000,
})
export const useMe = (): Me => useSuspenseQuery(meQuery).data

export const productsQuery = queryOptions({
  queryKey: ['products'],
  queryFn: () => call(listProducts, {}),
  staleTime: 300_000,
})

/** The client of all reading; `onEnded` is told when the session has ended. */
export function makeQueries(onEnded: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (codeOf(error) === 'unauthenticated' && query.queryKey[0] !== 'me') onEnded()
      },
    }),
    defaultOptions: {
      queries: {
        // A refusal stays one when repeated; only silence and overload are worth a second try.
        retry: (count, error) =>
          count < 1 &&
          error instanceof Refused &&
          (error.problem.status === 0 || error.problem.status === 503),
        staleTime: 15_000,
        refetchOnWindowFocus: false,
      },
    },
  })
}

const readers: readonly Role[] = [
  'administrator',
  'quality_supervisor',
  'inspector',
  'team_lead',
  'specialist',
  'auditor',
]
const standardReaders: readonly Role[] = [
  'administrator',
  'quality_supervisor',
  'inspector',
  'team_lead',
  'auditor',
]
const holds = (me: Me, roles: readonly Role[]) => me.roles.some((role) => roles.includes(role))

/** Department owners see figures, not single records. */
export const mayReadRecords = (me: Me) => holds(me, readers)
/** The same people answer for the whole of the figures and for what they are held against. */
export const mayClosePeriods = (me: Me) => me.can.editStandards
export const mayReadStandards = (me: Me) => holds(me, standardReaders)
