import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { z } from 'zod'
import { setUpState } from '../contract/access.ts'
import { lifeStages } from '../contract/life-stage.ts'
import { day, id, periodLabel } from '../contract/route.ts'
import { call, codeOf } from './call.ts'
import { splits } from './pages/measurement/filters.ts'
import { periodsQuery, scorecardQuery } from './pages/measurement/queries.ts'
import { listSearch } from './pages/records/list-search.ts'
import { PageFailure, PageLoading, PageMissing } from './pages/shell/page-states.tsx'
import { Shell } from './pages/shell/shell.tsx'
import { filled } from './paths.ts'
import { meQuery } from './session.ts'
import { grainsShown } from './ui/period.ts'
import { laterWords } from './words.ts'

/** A page whose texts do not come with the first ones. */
const later = async <Page,>(page: Promise<Page>): Promise<Page> =>
  (await Promise.all([page, laterWords()]))[0]

const plainRecords = lazyRouteComponent(
  () => later(import('./pages/records/plain-records.tsx')),
  'PlainRecords',
)
const plainRecord = lazyRouteComponent(
  () => later(import('./pages/records/plain-records.tsx')),
  'PlainRecord',
)

/** The site map. Addresses hold the state of a page; a value that does not fit is dropped, not an error. */
const text = z.string().max(120).optional().catch(undefined)
const one = id.optional().catch(undefined)
const oneCopy = z
  .union([z.literal('live'), z.coerce.number().int().min(1)])
  .optional()
  .catch(undefined)
const onDay = day.optional().catch(undefined)

const root = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Outlet })

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/board' })
  },
})

const waitsForSetUp = async (): Promise<boolean> => {
  try {
    return (await call(setUpState, {})).waiting
  } catch {
    return false
  }
}

const setUp = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: z.object({ code: text }),
  loader: async () => ({ waiting: await waitsForSetUp() }),
  component: lazyRouteComponent(() => import('./pages/access/set-up.tsx'), 'SetUp'),
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: z.object({ back: z.string().max(2000).optional().catch(undefined) }),
  beforeLoad: async () => {
    if (await waitsForSetUp()) throw redirect({ to: '/setup' })
  },
  component: lazyRouteComponent(() => import('./pages/access/sign-in.tsx'), 'SignIn'),
})

const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ context, location }) => {
    try {
      return { me: await context.queries.ensureQueryData(meQuery) }
    } catch (error) {
      if (codeOf(error) !== 'unauthenticated') throw error
      throw redirect({ to: '/sign-in', search: location.href === '/board' ? {} : { back: location.href } })
    }
  },
  component: Shell,
})

const board = createRoute({
  getParentRoute: () => inside,
  path: '/board',
  validateSearch: z.object({
    period: periodLabel.optional().catch(undefined),
    unit: one,
    product: one,
    copy: oneCopy,
    /** code of the indicator whose drawer is open */
    open: text,
  }),
  // The figures are asked for while the page's code is still on its way.
  loaderDeps: ({ search: { period, unit, product, copy } }) => ({ period, unit, product, copy }),
  loader: ({ context: { queries }, deps: { period, ...filters } }) => {
    void queries.prefetchQuery(periodsQuery)
    if (period) void queries.prefetchQuery(scorecardQuery({ period, ...filters }))
  },
  component: lazyRouteComponent(() => import('./pages/measurement/board.tsx'), 'Board'),
})

const indicator = createRoute({
  getParentRoute: () => inside,
  path: '/board/m/$code',
  validateSearch: z.object({
    period: periodLabel.optional().catch(undefined),
    unit: one,
    product: one,
    copy: oneCopy,
    grain: z.enum(grainsShown).optional().catch(undefined),
    by: z.enum(splits).optional().catch(undefined),
    all: z.literal('yes').optional().catch(undefined),
    /** every product and category of the heat map */
    heat: z.literal('all').optional().catch(undefined),
    /** the period, or the dimension and member, whose drawer is open */
    open: text,
  }),
  component: lazyRouteComponent(() => later(import('./pages/measurement/indicator.tsx')), 'IndicatorPage'),
})

const periods = createRoute({
  getParentRoute: () => inside,
  path: '/board/periods',
  validateSearch: z.object({
    grain: z.enum(grainsShown).optional().catch(undefined),
    /** the period whose drawer is open, and what it shows: late changes, or a copy against another */
    open: periodLabel.optional().catch(undefined),
    copy: oneCopy,
    against: z.coerce.number().int().min(1).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => later(import('./pages/measurement/periods.tsx')), 'PeriodsPage'),
})

const measured = createRoute({
  getParentRoute: () => inside,
  path: '/records/measure/$code',
  validateSearch: z.object({
    from: onDay,
    to: onDay,
    unit: one,
    agent: one,
    product: one,
    category: text,
    channel: text,
    priority: text,
    supplier: one,
    faultLevel: text,
    lifeStage: z.enum(lifeStages).optional().catch(undefined),
    within: one,
  }),
  component: lazyRouteComponent(
    () => later(import('./pages/measurement/measured-records.tsx')),
    'MeasuredRecords',
  ),
})

const workOrders = createRoute({
  getParentRoute: () => inside,
  path: '/records/work-orders',
  validateSearch: listSearch,
  component: lazyRouteComponent(() => later(import('./pages/cases/work-orders.tsx')), 'WorkOrders'),
})

const workOrder = createRoute({
  getParentRoute: () => inside,
  path: '/records/work-orders/$id',
  component: lazyRouteComponent(() => later(import('./pages/cases/work-order.tsx')), 'WorkOrderPage'),
})

const feedback = createRoute({
  getParentRoute: () => inside,
  path: '/records/feedback',
  validateSearch: listSearch,
  component: plainRecords,
})

const responses = createRoute({
  getParentRoute: () => inside,
  path: '/records/responses',
  validateSearch: listSearch,
  component: plainRecords,
})

const oneFeedback = createRoute({
  getParentRoute: () => inside,
  path: '/records/feedback/$id',
  component: plainRecord,
})

const oneResponse = createRoute({
  getParentRoute: () => inside,
  path: '/records/responses/$id',
  component: plainRecord,
})

const contacts = createRoute({
  getParentRoute: () => inside,
  path: '/records/contacts',
  validateSearch: listSearch,
  component: plainRecords,
})

const oneContact = createRoute({
  getParentRoute: () => inside,
  path: '/records/contacts/$id',
  component: plainRecord,
})

const inspections = createRoute({
  getParentRoute: () => inside,
  path: '/records/inspections',
  validateSearch: listSearch,
  component: plainRecords,
})

const oneInspection = createRoute({
  getParentRoute: () => inside,
  path: '/records/inspections/$id',
  component: plainRecord,
})

const trainings = createRoute({
  getParentRoute: () => inside,
  path: '/records/trainings',
  validateSearch: listSearch,
  component: plainRecords,
})

const oneTraining = createRoute({
  getParentRoute: () => inside,
  path: '/records/trainings/$id',
  component: plainRecord,
})

const purchases = createRoute({
  getParentRoute: () => inside,
  path: '/records/purchases',
  validateSearch: listSearch,
  component: plainRecords,
})

const onePurchase = createRoute({
  getParentRoute: () => inside,
  path: '/records/purchases/$id',
  component: plainRecord,
})

const invitations = createRoute({
  getParentRoute: () => inside,
  path: '/records/invitations',
  validateSearch: listSearch,
  component: plainRecords,
})

const oneInvitation = createRoute({
  getParentRoute: () => inside,
  path: '/records/invitations/$id',
  component: plainRecord,
})

const attendance = createRoute({
  getParentRoute: () => inside,
  path: '/records/attendance',
  validateSearch: listSearch,
  component: plainRecords,
})

const oneAttendance = createRoute({
  getParentRoute: () => inside,
  path: '/records/attendance/$id',
  component: plainRecord,
})

const messages = createRoute({
  getParentRoute: () => inside,
  path: '/records/messages',
  validateSearch: listSearch,
  component: plainRecords,
})

const oneMessage = createRoute({
  getParentRoute: () => inside,
  path: '/records/messages/$id',
  component: plainRecord,
})

const costs = createRoute({
  getParentRoute: () => inside,
  path: '/records/costs',
  validateSearch: listSearch,
  component: plainRecords,
})

const oneCost = createRoute({
  getParentRoute: () => inside,
  path: '/records/costs/$id',
  component: plainRecord,
})

const imports = createRoute({
  getParentRoute: () => inside,
  path: '/records/import',
  validateSearch: z.object({
    batch: one,
    /** an uploaded file, what it holds and whose numbers these are */
    file: one,
    kind: text,
    source: text,
    step: z.enum(['map', 'preview']).optional().catch(undefined),
    show: z.enum(['errors', 'warnings', 'all']).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => later(import('./pages/intake/import.tsx')), 'ImportPage'),
})

const standards = createRoute({
  getParentRoute: () => inside,
  path: '/standards',
  validateSearch: z.object({ version: z.coerce.number().int().optional().catch(undefined) }),
  component: lazyRouteComponent(() => later(import('./pages/standards/standards.tsx')), 'StandardsPage'),
})

const publish = createRoute({
  getParentRoute: () => inside,
  path: '/standards/new',
  validateSearch: z.object({ draft: one }),
  component: lazyRouteComponent(() => later(import('./pages/standards/publish.tsx')), 'PublishPage'),
})

const ownMeasures = createRoute({
  getParentRoute: () => inside,
  path: '/standards/measures',
  component: lazyRouteComponent(
    () => later(import('./pages/own-measures/own-measures.tsx')),
    'OwnMeasuresPage',
  ),
})

const composed = createRoute({
  getParentRoute: () => inside,
  path: '/standards/measures/$id',
  component: lazyRouteComponent(() => later(import('./pages/own-measures/compose.tsx')), 'ComposePage'),
})

const compose = createRoute({
  getParentRoute: () => inside,
  path: '/standards/measures/new',
  component: lazyRouteComponent(() => later(import('./pages/own-measures/compose.tsx')), 'ComposePage'),
})

const people = createRoute({
  getParentRoute: () => inside,
  path: '/settings/people',
  validateSearch: z.object({
    unit: one,
    /** whose drawer is open */
    person: one,
    left: z.literal('yes').optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => later(import('./pages/directory/people.tsx')), 'PeoplePage'),
})

const accounts = createRoute({
  getParentRoute: () => inside,
  path: '/settings/accounts',
  component: lazyRouteComponent(() => later(import('./pages/directory/accounts.tsx')), 'AccountsPage'),
})

const organization = createRoute({
  getParentRoute: () => inside,
  path: '/settings/organization',
  component: lazyRouteComponent(() => later(import('./pages/settings/organization.tsx')), 'OrganizationPage'),
})

const products = createRoute({
  getParentRoute: () => inside,
  path: '/settings/products',
  validateSearch: z.object({ product: one }),
  component: lazyRouteComponent(() => later(import('./pages/directory/products.tsx')), 'ProductsPage'),
})

const calendar = createRoute({
  getParentRoute: () => inside,
  path: '/settings/calendar',
  validateSearch: z.object({
    unit: one,
    year: z.coerce.number().int().min(2000).max(2100).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => later(import('./pages/settings/calendar.tsx')), 'CalendarPage'),
})

const help = createRoute({
  getParentRoute: () => inside,
  path: '/help',
  validateSearch: z.object({ q: text }),
  component: lazyRouteComponent(() => later(import('./pages/help/help.tsx')), 'HelpPage'),
})

const design = createRoute({
  getParentRoute: () => inside,
  path: '/design',
  component: lazyRouteComponent(() => later(import('./pages/design/design.tsx')), 'DesignPage'),
})

const tree = root.addChildren([
  home,
  setUp,
  signIn,
  inside.addChildren([
    board,
    indicator,
    periods,
    measured,
    workOrders,
    workOrder,
    feedback,
    oneFeedback,
    responses,
    invitations,
    oneInvitation,
    oneResponse,
    contacts,
    oneContact,
    inspections,
    oneInspection,
    trainings,
    oneTraining,
    purchases,
    onePurchase,
    attendance,
    oneAttendance,
    messages,
    oneMessage,
    costs,
    oneCost,
    imports,
    standards,
    publish,
    ownMeasures,
    composed,
    compose,
    people,
    products,
    accounts,
    organization,
    calendar,
    help,
    design,
  ]),
])

export const makeRouter = (queries: QueryClient) =>
  createRouter({
    routeTree: tree,
    context: { queries },
    defaultPreload: 'intent',
    scrollRestoration: true,
    // Plain addresses that people can read and type: ?period=2024 and not ?period=%222024%22.
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: (search) => {
      const query = new URLSearchParams(filled(search)).toString()
      return query ? `?${query}` : ''
    },
    defaultPendingMs: 80,
    defaultPendingComponent: PageLoading,
    defaultErrorComponent: PageFailure,
    defaultNotFoundComponent: PageMissing,
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
