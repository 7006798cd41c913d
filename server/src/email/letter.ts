import { escapeHtml } from '../escape-html.ts'

/** A text in the two forms of an e-mail: plain, and HTML without pictures, scripts or styles from elsewhere. */
export interface Letter {
  text: string
  html: string
}

/** A part of a letter. All texts are plain: `letter` escapes them. */
export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'quiet'; text: string }
  /** What somebody wrote, in paragraphs and lines. */
  | { kind: 'quote'; by: string; text: string }
  | { kind: 'button'; label: string; url: string }
  | { kind: 'link'; label: string; url: string }

export function letter(parts: readonly Part[]): Letter {
  const body = parts.map(htmlOf).join('\n')
  return {
    text: `${parts.map(textOf).join('\n\n')}\n`,
    html: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head>
<body style="margin:0;padding:24px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif">
<div style="max-width:560px;overflow-wrap:anywhere">
${body}
</div></body></html>
`,
  }
}

function textOf(part: Part): string {
  switch (part.kind) {
    case 'text':
    case 'quiet':
      return part.text
    case 'quote':
      return `${part.by}\n${part.text.replaceAll(/^/gm, '> ')}`
    case 'button':
    case 'link':
      return `${part.label}:\n${part.url}`
  }
}

function htmlOf(part: Part): string {
  switch (part.kind) {
    case 'text':
      return `<p dir="auto">${escapeHtml(part.text)}</p>`
    case 'quiet':
      return `<p dir="auto" style="font-size:13px;opacity:.75">${escapeHtml(part.text)}</p>`
    case 'quote':
      return `<p dir="auto" style="margin-bottom:4px"><strong>${escapeHtml(part.by)}</strong></p>
<blockquote dir="auto" style="margin:0;padding-left:12px;border-left:3px solid #999;white-space:pre-wrap">${escapeHtml(part.text)}</blockquote>`
    case 'button':
      return `<p><a href="${escapeHtml(part.url)}" style="display:inline-block;padding:10px 16px;border-radius:6px;background:#3b5bdb;color:#fff;text-decoration:none;font-weight:600">${escapeHtml(part.label)}</a></p>
<p style="font-size:13px;opacity:.75">${escapeHtml(part.url)}</p>`
    case 'link':
      return `<p style="font-size:13px"><a href="${escapeHtml(part.url)}">${escapeHtml(part.label)}</a></p>`
  }
}
