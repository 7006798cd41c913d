import WebSocket from 'ws'

/** People who look at tickets, write and move on, in a process of their own. */
export type OfficeRequest =
  | { type: 'open'; url: string; cookies: string[]; tickets: string[] }
  /** Works for so long. `presence`: everyone says what is on their screen. */
  | { type: 'work'; ms: number; presence: boolean }

export interface OfficeAnswer {
  sent: number
  sentBytes: number
  /** Messages about presence. */
  received: number
  receivedBytes: number
  /** Milliseconds from a key of one person to another person's screen. */
  typing: number[]
  /** Milliseconds from the own time of an event of the log to its arrival. */
  events: number[]
}

interface Person {
  socket: WebSocket
  rev: number
  open: { ticketId: string; doing: 'viewing' | 'replying'; typing: boolean }
  onScreen: string[]
  sentAt: number
}

/** The rows that a list shows at a time. */
const rows = 30
const repeatMs = 10_000
/** How long a person stays with a ticket, at most, and how often one of five begins or stops to write. */
const stayMs = 30_000
const writingMs = 5_000
const typingRepeatMs = 2_000
const probeMs = 1_500

const people: Person[] = []
let tickets: string[] = []
let answer = nothing()
let probe: { at: number; typing: boolean } | undefined

process.on('message', (request: OfficeRequest) => {
  void run(request).then((reply) => process.send?.(reply))
})

async function run(request: OfficeRequest): Promise<OfficeAnswer> {
  if (request.type === 'open') {
    tickets = request.tickets
    const batch = 25
    for (let from = 0; from < request.cookies.length; from += batch) {
      const some = request.cookies.slice(from, from + batch)
      people.push(...(await Promise.all(some.map((cookie) => enter(request.url, cookie)))))
    }
    return nothing()
  }
  answer = nothing()
  const timers = request.presence ? people.map(begin) : []
  if (request.presence) timers.push(beginProbe())
  await new Promise((resolve) => void setTimeout(resolve, request.ms))
  for (const timer of timers.flat()) clearInterval(timer)
  return answer
}

function nothing(): OfficeAnswer {
  return { sent: 0, sentBytes: 0, received: 0, receivedBytes: 0, typing: [], events: [] }
}

function enter(url: string, cookie: string): Promise<Person> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { perMessageDeflate: false, headers: { cookie } })
    const first = Math.floor(Math.random() * Math.max(1, tickets.length - rows))
    const person: Person = {
      socket,
      rev: 0,
      open: { ticketId: someTicket(), doing: 'viewing', typing: false },
      onScreen: tickets.slice(first, first + rows),
      sentAt: 0,
    }
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('the server closed a socket')))
    socket.on('message', (bytes: Buffer) => {
      const kind = bytes[0]
      if (kind === 0x30) return socket.send('40')
      if (kind === 0x32) return socket.send('3')
      const text = bytes.toString()
      if (text.startsWith('42["sync:ready"')) resolve(person)
      hear(person, text)
    })
  })
}

function hear(person: Person, text: string): void {
  if (text.startsWith('42["ticket:')) {
    const at = /"at":"([^"]+)"/.exec(text)?.[1] ?? ''
    answer.events.push(performance.timeOrigin + performance.now() - Date.parse(at))
  }
  if (!text.startsWith('42["presence:state"')) return
  answer.received += 1
  answer.receivedBytes += text.length
  if (person !== people[1] || probe === undefined) return
  const [ticketId] = tickets
  const [, data] = JSON.parse(text.slice(2)) as [string, { tickets: State[] }]
  const state = data.tickets.find((one) => one.ticketId === ticketId)
  const seen = state?.people.some(({ typing, doing }) => doing === 'noting' && typing)
  if (state === undefined || seen !== probe.typing) return
  answer.typing.push(performance.now() - probe.at)
  probe = undefined
}

interface State {
  ticketId: string
  people: { doing: string; typing: boolean }[]
}

function someTicket(): string {
  // The first one is for the probe.
  return tickets[1 + Math.floor(Math.random() * (tickets.length - 1))] ?? ''
}

function tell(person: Person, part: object = {}): void {
  person.rev += 1
  person.sentAt = performance.now()
  const { rev, open, onScreen } = person
  const update = { rev, open, onScreen, hidden: false, applied: rev, ...part }
  const text = `42${JSON.stringify(['presence:update', update])}`
  answer.sent += 1
  answer.sentBytes += text.length
  person.socket.send(text)
}

/** Everyone moves, and every fifth person also writes. */
function begin(person: Person, index: number): NodeJS.Timeout[] {
  if (index < 2) return []
  const every = (ms: number, work: () => void) => setInterval(work, ms * (0.75 + Math.random() / 2))
  tell(person)
  const timers = [
    every(stayMs / 2, () => {
      person.open = { ticketId: someTicket(), doing: 'viewing', typing: false }
      tell(person)
    }),
    every(1_000, () => {
      const waitMs = person.open.typing ? typingRepeatMs : repeatMs
      if (performance.now() - person.sentAt >= waitMs) tell(person)
    }),
  ]
  if (index % 5 > 0) return timers
  const write = () => {
    person.open = { ...person.open, doing: 'replying', typing: !person.open.typing }
    tell(person)
  }
  return [...timers, every(writingMs, write)]
}

/** The first person begins and stops to write on a ticket that the second has open. */
function beginProbe(): NodeJS.Timeout[] {
  const [writer, reader] = people
  const [ticketId = ''] = tickets
  if (writer === undefined || reader === undefined) throw new Error('there are people')
  tell(reader, { open: { ticketId, doing: 'viewing', typing: false } })
  let typing = false
  const timer = setInterval(() => {
    typing = !typing
    probe = { at: performance.now(), typing }
    tell(writer, { open: { ticketId, doing: 'noting', typing } })
    tell(reader, { open: { ticketId, doing: 'viewing', typing: false } })
  }, probeMs)
  return [timer]
}
