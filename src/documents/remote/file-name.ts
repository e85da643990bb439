/** The name of a fetched document. */

const longest = 200

/** As the server names it, else the last part of the path, else the host; never with a folder in it. */
export function fileName(url: URL, contentDisposition = ''): string {
  const parts = url.pathname.split('/').filter(part => part !== '')
  const candidates = [
    decoded(/filename\*\s*=\s*(?:utf-8|iso-8859-1)'[^']*'([^;\s]+)/i.exec(contentDisposition)?.[1]),
    /filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(contentDisposition)?.[1]?.replace(/\\(.)/g, '$1'),
    /filename\s*=\s*([^;"\s]+)/i.exec(contentDisposition)?.[1],
    decoded(parts.at(-1)),
    url.hostname,
  ]
  return candidates.map(clean).find(name => name !== '')!
}

function clean(name = ''): string {
  const plain = name
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\ufffd]/gu, '')
    .normalize('NFC')
  const last = plain.split(/[/\\]/).at(-1)!.trim()
  return /^\.*$/.test(last) ? '' : last.slice(-longest).toWellFormed()
}

function decoded(text = ''): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
