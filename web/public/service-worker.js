// Runs without a page: shows what the desk sends to this device, and a page while there is no connection. The browser looks for
// a new version of it at every start; until the next one the old one runs, so both understand the messages of both servers.
'use strict'

const offlinePage = '/offline.html'
const cacheName = 'deskbell-offline-1'

addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then((cache) => cache.addAll([offlinePage, '/offline.css', '/favicon.svg']))
      .then(() => skipWaiting()),
  )
})

addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => names.filter((name) => name.startsWith('deskbell-') && name !== cacheName))
      .then((old) => Promise.all(old.map((name) => caches.delete(name)))),
  )
})

addEventListener('fetch', (event) => {
  if (event.request.mode !== 'navigate') return
  event.respondWith(
    fetch(event.request).catch(async () => (await caches.match(offlinePage)) ?? Response.error()),
  )
})

addEventListener('push', (event) => {
  event.waitUntil(show(event.data?.json() ?? {}))
})

async function show({ ticketId, number, title, body, seq, unread }) {
  // As pages of the desk name it.
  const tag = `deskbell-ticket-${number}`
  const [shown] = await registration.getNotifications({ tag })
  // The push service may deliver one message twice, or a late one after the next.
  if (shown?.data?.seq >= seq) return
  // A page of the desk that is open, on whichever screen, has alerted already.
  const isOpen = (await windows()).length > 0
  await registration.showNotification(title ?? 'Deskbell', {
    body,
    tag,
    icon: '/icon-192.png',
    silent: isOpen,
    renotify: !isOpen,
    data: { ticketId, number, seq },
  })
  if (unread !== undefined) await navigator.setAppBadge?.(unread).catch(() => undefined)
  await closeRead()
}

/** Takes away what was read, done or taken back on another device. Without an answer it stays. */
async function closeRead() {
  const shown = await registration.getNotifications()
  if (shown.length < 2) return
  const answer = await fetch('/api/notifications?filter=unread&limit=100').catch(() => undefined)
  if (answer?.ok !== true) return
  const { items, next } = await answer.json()
  if (next !== null) return
  const unread = new Set(items.map(({ ticketId }) => ticketId))
  for (const notification of shown)
    if (!unread.has(notification.data?.ticketId)) notification.close()
}

addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(open(event.notification.data?.number))
})

/** Brings a window of the desk to the front, whichever one, and opens the ticket in it; one is opened if there is none. */
async function open(number) {
  const [desk] = await windows()
  if (desk === undefined)
    return clients.openWindow(number === undefined ? '/' : `/tickets/${number}`)
  // Browsers bring a window to the front only soon after the click.
  await desk.focus().catch(() => undefined)
  // The page moves by itself, so that nothing typed in it is lost. One that still starts hears nothing yet.
  for (let tries = 0; tries < 40; tries += 1) if (await hears(desk, number)) return
}

/** Tells a page to open a ticket. Resolves to whether it answered. */
function hears(desk, number) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => resolve(true)
    setTimeout(() => resolve(false), 250)
    desk.postMessage({ type: 'deskbell:open', number }, [port2])
  })
}

/** The windows of the desk, the one with the focus first. */
async function windows() {
  const all = await clients.matchAll({ type: 'window', includeUncontrolled: true })
  return all.toSorted((one, other) => Number(other.focused) - Number(one.focused))
}
