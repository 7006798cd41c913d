/** What stands for a folder among files. The browser's own stand-in for it looks like a file, and cannot be read. */
export class Folder extends File {}

/** The files in a paste or a drop; none when it contains text. */
export function filesOf(transfer: DataTransfer | null): File[] {
  const now = new Date()
  return [...(transfer?.items ?? [])].flatMap((item) => {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry() : null
    if (entry?.isDirectory === true) return new Folder([], entry.name)
    const file = item.getAsFile()
    return file === null ? [] : pastedFile(file, now)
  })
}

/** Browsers call every pasted picture "image.png"; a time in the name distinguishes several of them. */
function pastedFile(file: File, now: Date): File {
  if (!/^image\.\w+$/.test(file.name)) return file
  const ending = file.name.slice('image'.length)
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map((part) =>
    String(part).padStart(2, '0'),
  )
  return new File([file], `Screenshot ${now.toLocaleDateString('sv')} ${time.join('.')}${ending}`, {
    type: file.type,
  })
}
