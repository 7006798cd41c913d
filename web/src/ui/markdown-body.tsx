import ReactMarkdown from 'react-markdown'
import type { Components } from 'react-markdown'
import remarkBreaks from 'remark-breaks'
import remarkGfm from 'remark-gfm'

const plugins = [remarkGfm, remarkBreaks]

const components: Components = {
  // A link leads out of the desk, and must tell the other side nothing about it.
  a: ({ href, title, children }) => (
    <a href={href} title={title} target="_blank" rel="noopener noreferrer nofollow ugc">
      {children}
    </a>
  ),
  // An image from elsewhere would tell its server who reads this and when: show a link instead.
  img: ({ src, alt }) => (
    <a
      href={typeof src === 'string' ? src : undefined}
      target="_blank"
      rel="noopener noreferrer nofollow ugc"
    >
      {alt || 'Image'}
    </a>
  ),
  // The headings of the page are ours: those of a text are only strong.
  h1: 'h3',
  h2: 'h4',
  h3: 'h5',
  h4: 'h6',
  h5: 'h6',
}

interface MarkdownBodyProps {
  text: string
}

/** HTML in the text stays text: the renderer makes elements of Markdown alone. */
export function MarkdownBody({ text }: MarkdownBodyProps) {
  return (
    <ReactMarkdown remarkPlugins={plugins} components={components}>
      {text}
    </ReactMarkdown>
  )
}
