import { parseMarkdown } from './parse-markdown.ts'

/** The answer to every message: the tree of its text, or undefined when there is none to show. */
self.addEventListener('message', ({ data }: MessageEvent<string>) => {
  self.postMessage(treeOf(data))
})

// The time that a text may take begins when the worker can begin.
self.postMessage('ready')

function treeOf(text: string) {
  try {
    return parseMarkdown(text)
  } catch {
    // The parser calls itself for every level of the text: thousands of them exhaust the stack.
    return undefined
  }
}
