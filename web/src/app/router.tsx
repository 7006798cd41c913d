import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router'
import { readAuditSearch } from '../settings/audit/audit-search.ts'
import { readInboxSearch } from '../tickets/inbox/inbox-search.ts'
import { readListSearch } from '../tickets/list/filter/list-search.ts'
import { TicketsPage } from '../tickets/list/tickets-page.tsx'
import { CrashPage } from './crash-page.tsx'
import { DeskPage } from './desk-page.tsx'
import { parseSearch, stringifySearch } from '../shell/search-params.ts'
import { NotLoaded } from '../shell/not-loaded.tsx'
import { loadWhenServed } from '../ui/load-when-served.ts'

const root = createRootRoute()

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>) => text(search, 'next'),
  component: lazyRouteComponent(
    () => loadWhenServed(() => import('../sign-in/sign-in-page.tsx')),
    'SignInPage',
  ),
})

const setUp = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: (search: Record<string, unknown>) => text(search, 'token'),
  component: lazyRouteComponent(
    () => loadWhenServed(() => import('../sign-in/set-up-page.tsx')),
    'SetUpPage',
  ),
})

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation/$token',
  component: lazyRouteComponent(
    () => loadWhenServed(() => import('../sign-in/invitation-page.tsx')),
    'InvitationPage',
  ),
})

/** Every page that needs someone signed in. */
const desk = createRoute({ getParentRoute: () => root, id: 'desk', component: DeskPage })

/** The list, alone or with a ticket beside it: one route, so that the list stays mounted. */
const tickets = createRoute({
  getParentRoute: () => desk,
  id: 'tickets',
  validateSearch: readListSearch,
  // Not lazy: nearly every visit starts here, and every further chunk makes it slower.
  component: TicketsPage,
})

const list = createRoute({ getParentRoute: () => tickets, path: '/' })

const ticket = createRoute({
  getParentRoute: () => tickets,
  path: '/tickets/$ref',
  component: lazyRouteComponent(
    () => loadWhenServed(() => import('./ticket-route.tsx')),
    'TicketRoute',
  ),
})

const inbox = createRoute({
  getParentRoute: () => desk,
  path: '/inbox',
  validateSearch: readInboxSearch,
  component: lazyRouteComponent(
    () => loadWhenServed(() => import('../tickets/inbox/inbox-page.tsx')),
    'InboxPage',
  ),
})

const inboxList = createRoute({ getParentRoute: () => inbox, path: '/' })

const inboxTicket = createRoute({
  getParentRoute: () => inbox,
  path: '$ref',
  component: lazyRouteComponent(
    () => loadWhenServed(() => import('./ticket-route.tsx')),
    'InboxTicketRoute',
  ),
})

const newTicket = createRoute({
  getParentRoute: () => desk,
  path: '/new',
  component: lazyRouteComponent(
    () => loadWhenServed(() => import('../tickets/new/new-ticket-page.tsx')),
    'NewTicketPage',
  ),
})

const people = createRoute({
  getParentRoute: () => desk,
  path: '/people',
  validateSearch: ({ invite }: Record<string, unknown>) =>
    invite === 'someone' ? { invite: 'someone' as const } : {},
  component: lazyRouteComponent(
    () => loadWhenServed(() => import('../people/people-page.tsx')),
    'PeoplePage',
  ),
})

const settings = createRoute({
  getParentRoute: () => desk,
  path: '/settings',
  component: lazyRouteComponent(
    () => loadWhenServed(() => import('../settings/settings-page.tsx')),
    'SettingsPage',
  ),
})

const audit = createRoute({
  getParentRoute: () => desk,
  path: '/settings/audit',
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(
    () => loadWhenServed(() => import('../settings/audit/audit-page.tsx')),
    'AuditPage',
  ),
})

/** Every other address. */
const nowhere = createRoute({
  getParentRoute: () => desk,
  path: '$',
  component: lazyRouteComponent(
    () => loadWhenServed(() => import('./not-found-page.tsx')),
    'NotFoundPage',
  ),
})

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    setUp,
    invitation,
    desk.addChildren([
      tickets.addChildren([list, ticket]),
      inbox.addChildren([inboxList, inboxTicket]),
      newTicket,
      people,
      settings,
      audit,
      nowhere,
    ]),
  ]),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultErrorComponent: CrashPage,
  // The chunk of a page loads as soon as the server is there.
  defaultPendingComponent: () => <NotLoaded what="This page" />,
})

function text<K extends string>(search: Record<string, unknown>, name: K): { [N in K]?: string } {
  const value = search[name]
  const read: { [N in K]?: string } = {}
  if (typeof value === 'string' && value !== '') read[name] = value
  return read
}

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
