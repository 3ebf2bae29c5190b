/** '12.5' → 1250; a third decimal and those after it are cut, as they are less than a cent. */
export function inHundredths(amount: string): number {
  const [whole = '0', part = ''] = amount.replace('-', '').split('.')
  const cents = Number(whole) * 100 + Number(part.padEnd(2, '0').slice(0, 2))
  return amount.startsWith('-') && cents !== 0 ? -cents : cents
}
