import { parseMarkdown } from './parse-markdown.ts'

/** The reply to every message: the tree of its text, or undefined when there is none to show. */
self.addEventListener('message', ({ data }: MessageEvent<string>) => {
  self.postMessage(treeOf(data))
})

// The text's deadline starts when the worker is ready.
self.postMessage('ready')

function treeOf(text: string) {
  try {
    return parseMarkdown(text)
  } catch {
    // The parser calls itself for every level of the text, so thousands of levels exhaust the stack.
    return undefined
  }
}
