const organization =
  /(公司|集团|厂|店|医院|学校|大学|银行|中心|局|部|有限|酒店|商行|超市|ltd|inc|llc|gmbh|corp|company)/i
const hanzi = /^[\u3400-\u9fff·]{2,6}$/

/** 张三 → 张*; organizations stay, and so does what was masked before it came. */
export function maskName(name: string): string {
  const text = name.trim()
  if (text === '' || text.includes('*') || organization.test(text)) return text
  if (hanzi.test(text)) return text.slice(0, 1) + '*'.repeat([...text].length - 1)
  return `${[...text][0] ?? ''}***`
}

/** 13812345678 → 138****5678; a mailbox keeps its first letter and its domain. */
export function maskContact(contact: string): string {
  const text = contact.trim()
  const at = text.indexOf('@')
  if (at > 0) return `${text[0]}***${text.slice(at)}`
  // The country's code in front is no part of the number.
  const digits = text.replaceAll(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, '')
  if (digits.length >= 7) return `${digits.slice(0, 3)}****${digits.slice(-4)}`
  return text === '' ? '' : '***'
}

const gap = '[\\s\\-—_.·()（）]{0,3}'
const digit = '[0-9０-９]'
const personal: RegExp[] = [
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
  // an identity card: 17 digits and a check mark
  new RegExp(`(?<!${digit})${digit}{6}${gap}${digit}{8}${gap}${digit}{3}[0-9０-９XxＸ](?!${digit})`, 'g'),
  // a mobile number, spaced or dashed or full-width, with or without the country's code
  new RegExp(
    `(?<!${digit})(?:(?:[+＋]|00)?(?:86|８６)${gap})?[1１][3-9３-９](?:${gap}${digit}){9}(?!${digit})`,
    'g',
  ),
  // 400 and 800 numbers, then landlines with an area code
  new RegExp(`(?<!${digit})[48]00${gap}${digit}{3,4}${gap}${digit}{3,4}(?!${digit})`, 'g'),
  new RegExp(`(?<!${digit})0${digit}{2,3}${gap}${digit}{7,8}(?!${digit})`, 'g'),
]

/** Numbers and mailboxes inside free text; names in free text are not promised. */
export function maskText(text: string): string {
  let masked = text
  for (const pattern of personal) masked = masked.replace(pattern, '***')
  // Whatever still holds eleven digits in a row like a mobile is hidden too, even inside longer numbers with a prefix.
  return masked.replaceAll(/(?<![0-9])1[3-9][0-9]{9}(?![0-9])/g, '***')
}
