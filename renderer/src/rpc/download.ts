/** Lets the browser save what the app answered, or what it serves at an address of its own. */

export function saveText(fileName: string, text: string, mime: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: mime }))
  saveFrom(url, fileName)
  // The browser has taken it over by then.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

export function saveFrom(url: string, fileName: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  document.body.append(link)
  link.click()
  link.remove()
}
