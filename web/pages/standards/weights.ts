/** Sum of decimals in text, exact to six places, as text: floats would make 99.99999 of weights that total 100. */
export function sumOfWeights(weights: readonly string[]): string {
  const millionths = weights.reduce((sum, weight) => sum + millionthsOf(weight), 0n)
  const sign = millionths < 0n ? '-' : ''
  const digits = (millionths < 0n ? -millionths : millionths).toString().padStart(7, '0')
  const fraction = digits.slice(-6).replace(/0+$/, '')
  return `${sign}${digits.slice(0, -6)}${fraction ? `.${fraction}` : ''}`
}

export const isDecimal = (text: string): boolean => /^-?\d{1,9}(\.\d{1,6})?$/.test(text)

function millionthsOf(text: string): bigint {
  if (!isDecimal(text)) return 0n
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.')
  const size = BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, '0'))
  return text.startsWith('-') ? -size : size
}
