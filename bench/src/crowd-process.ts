import WebSocket from 'ws'
import type { CrowdAnswer, CrowdRequest } from './crowd.ts'

/** Holds many sockets in a process of its own, so that their cost does not count as the server's. */
const sockets: WebSocket[] = []
const marker = '42["ticket:'
let received = 0
let sample = ''
let latencies: number[] = []

process.on('message', (request: CrowdRequest) => {
  void answer(request).then((reply) => process.send?.(reply))
})

async function answer(request: CrowdRequest): Promise<CrowdAnswer> {
  if (request.type === 'open') await openAll(request)
  const reply = { received, sample, latencies }
  if (request.type === 'take') {
    received = 0
    latencies = []
  }
  return reply
}

/** Opens some at a time: a server accepts connections one after the other. */
async function openAll({
  url,
  cookies,
  count,
}: Extract<CrowdRequest, { type: 'open' }>): Promise<void> {
  const batch = 25
  for (let opened = 0; opened < count; opened += batch) {
    const size = Math.min(batch, count - opened)
    await Promise.all(
      Array.from({ length: size }, (_unused, index) =>
        open(url, cookies[(opened + index) % Math.max(1, cookies.length)]),
      ),
    )
  }
}

/** Resolves when the server has sent its first message. */
function open(url: string, cookie: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, {
      perMessageDeflate: false,
      ...(cookie === undefined ? {} : { headers: { cookie } }),
    })
    sockets.push(socket)
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('the server closed a socket')))
    socket.on('message', (bytes: Buffer) => {
      // The client's part of Socket.IO, and no more: open the namespace and answer pings; everything else is a
      // message.
      const kind = bytes[0]
      if (kind === 0x30) return socket.send('40')
      if (kind === 0x32) return socket.send('3')
      const text = bytes.toString()
      if (text.startsWith(marker)) return count(text)
      if (text.startsWith('42')) resolve()
    })
  })
}

function count(text: string): void {
  received += 1
  sample = text
  const start = text.lastIndexOf('"at":"') + 6
  const at = Date.parse(text.slice(start, text.indexOf('"', start)))
  latencies.push(performance.timeOrigin + performance.now() - at)
}
