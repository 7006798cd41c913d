/** Browsers call every pasted picture "image.png"; a time in the name distinguishes several of them. */
export function pastedFile(file: File, now: Date): File {
  if (!/^image\.\w+$/.test(file.name)) return file
  const ending = file.name.slice('image'.length)
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map((part) =>
    String(part).padStart(2, '0'),
  )
  return new File([file], `Screenshot ${now.toLocaleDateString('sv')} ${time.join('.')}${ending}`, {
    type: file.type,
  })
}
