/** Personal data of the net: e-mail, IP and hardware addresses, and secrets that open accounts. */
import { matches, type PersonalData, type ReadableText } from './stretch.ts'

const localPart = /[\p{L}\p{N}._%+'-]{1,64}$/u
const domain = /(?:[\p{L}\p{N}-]{1,63}\.){1,8}[\p{L}\p{N}-]{1,62}[\p{L}\p{N}]/uy
const spelledOut =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64} ?(?:\[at\]|\(at\)|\{at\}| at ) ?[\p{L}\p{N}-]{1,63}(?: ?(?:\[dot\]|\(dot\)|\{dot\}| dot |\.) ?[\p{L}\p{N}-]{1,63}){0,3} ?(?:\[dot\]|\(dot\)| dot |\.) ?(?:com|org|net|edu|gov|info|io|de|fr|es|it|nl|uk|eu|ch|at|be)(?![\p{L}\p{N}])/giu

/** E-mail addresses as written, and those spelled out with “at” and “dot”. */
export function findEmails({ plain, lower }: ReadableText): PersonalData[] {
  const found: PersonalData[] = []
  for (let at = plain.indexOf('@'); at >= 0; at = plain.indexOf('@', at + 1)) {
    const local = localPart.exec(plain.slice(Math.max(0, at - 64), at))?.[0].replace(/^'+(?=.)/, '')
    domain.lastIndex = at + 1
    const host = domain.exec(plain)?.[0]
    if (local && host) found.push({ kind: 'email', start: at - local.length, end: at + 1 + host.length })
  }
  if (/ dot |[[({](?:at|dot)[\])}]/.test(lower)) {
    found.push(...matches(plain, 'email', spelledOut, value => /[[({]at| dot |[[(]dot/i.test(value)))
  }
  return found
}

const octet = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)'
const ipv4 = new RegExp(
  `(?<![\\p{L}\\p{N}]|\\d\\.)(?!0\\d|127\\.|0\\.|255\\.)${octet}(?:\\.${octet}){3}(?![\\p{L}\\p{N}]|\\.\\d)`,
  'gu',
)
const ipv6 = /(?<![\p{L}\p{N}:])[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}(?![\p{L}\p{N}:])/giu
const notAddressBefore =
  /(?:\bv|version|release|firmware|build|section|chapter|kapitel|abschnitt|versione|versión|versie|§)\s*:?\s*$/
const addressBefore = /(?:\bip|address|adresse|host|server|from|via|ping|port)\b[^\d\n]{0,12}$/

/** IPv4 but for loopback and netmasks, and IPv6. Quads of single digits alone are sections and versions, not hosts. */
export function findIpAddresses({ plain, lower }: ReadableText): PersonalData[] {
  return [
    ...matches(plain, 'ip', ipv4, (value, start) => {
      const context = lower.slice(Math.max(0, start - 24), start)
      if (notAddressBefore.test(context)) return false
      return /\d\d/.test(value) || addressBefore.test(context)
    }),
    ...(plain.includes(':') ? matches(plain, 'ip', ipv6, isIpv6) : []),
  ]
}

/** Times and C++ names have the shape of an address too short. */
function isIpv6(match: string): boolean {
  return /\d/.test(match) && /[\da-f]{3}/i.test(match) && URL.canParse(`http://[${match}]/`)
}

const mac =
  /(?<![\p{L}\p{N}:-])[\da-f]{2}(?:(?::[\da-f]{2}){5}|(?:-[\da-f]{2}){5})(?![\p{L}\p{N}:-])|(?<![\p{L}\p{N}.])[\da-f]{4}\.[\da-f]{4}\.[\da-f]{4}(?![\p{L}\p{N}.])/giu

export function findHardwareAddresses({ plain }: ReadableText): PersonalData[] {
  return matches(plain, 'mac', mac, value => /[a-f:-]/i.test(value))
}

/** Prefixes that services give their keys, JSON web tokens, private keys, bearer tokens, and credentials in an address. */
const secrets = [
  /(?<![\p{L}\p{N}])(?:sk-|sk_live_|sk_test_|pk_live_|rk_live_|ghp_|gho_|ghu_|ghs_|ghr_|github_pat_|glpat-|xox[abeoprs]-|hf_|npm_|pypi-|shpat_|dop_v1_|SG\.)[\w.-]{16,}/gu,
  /(?<![\p{L}\p{N}])(?:(?:AKIA|ASIA)[A-Z\d]{16}|AIza[\w-]{35})(?![\p{L}\p{N}])/gu,
  /(?<![\p{L}\p{N}_-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/gu,
  /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----(?<value>[\w+/=\s]{40,8000})/gu,
  /(?<![\p{L}\p{N}])bearer (?<value>[\w.~+/=-]{20,})/giu,
  /:\/\/(?<value>[^\s/@:]{1,64}:[^\s/@]{1,128})@/gu,
  /(?<![\p{L}\p{N}])(?:api[ _-]?key|secret[ _-]?key|access[ _-]?(?:key|token)|auth[ _-]?token|client[ _-]?secret|token)["']?(?: is | lautet | es | est |\s?[:=]\s?)["']?(?<value>(?=[\w.~+/=-]{0,64}\d)[\w.~+/=-]{16,200})/giu,
  /(?<![\p{L}\p{N}])(?:password|passwort|kennwort|passcode|passwd|pwd|mot de passe|contraseña|wachtwoord)["']?(?: is | ist | lautet | es | est | è |\s?[:=]\s?)["']?(?<value>(?=\S{0,64}\d)(?=\S{0,64}\p{L})[^\s"',;]{5,64}[^\s"',;.!?])/giu,
]

/** Without one of these no secret is looked for. */
const secretSigns =
  /pass|pwd|kennwort|contrase|wachtwoord|token|secret|key|bearer|:\/\/|eyj|ghp_|gh[ousr]_|github_|glpat|xox|sk[-_]|[pr]k_live|akia|asia|aiza|hf_|npm_|pypi|shpat|dop_v1|sg\./

export function findSecrets({ plain, lower }: ReadableText): PersonalData[] {
  if (!secretSigns.test(lower)) return []
  return secrets.flatMap(pattern => matches(plain, 'secret', pattern))
}
