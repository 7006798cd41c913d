const units = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const

/** "840 bytes", "12 KB", "3.4 MB". */
export function fileSize(bytes: number): string {
  let size = bytes
  let unit = 0
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1024
    unit += 1
  }
  const digits = unit > 1 && size < 10 ? 1 : 0
  return `${Number(size.toFixed(digits))} ${units[unit]}`
}
