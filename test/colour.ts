/** Colours as the eye takes them, for the tests of the tokens. Channels are 0…1, linear where said so. */
type Three = readonly [number, number, number]

/** `#4487dd` → linear light. */
export function linear(hex: string): Three {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

/** WCAG 2.2: from 1 (the same) to 21 (black on white). */
export function contrast(one: string, other: string): number {
  const light = (hex: string) => dot([0.2126, 0.7152, 0.0722], linear(hex))
  const [dim, bright] = [light(one), light(other)].sort((a, b) => a - b)
  return (bright! + 0.05) / (dim! + 0.05)
}

export type Sight = 'normal' | 'protan' | 'deutan' | 'tritan'
export const sights: readonly Sight[] = ['normal', 'protan', 'deutan', 'tritan']

/** Machado, Oliveira, Fernandes 2009, severity 1, on linear light. */
const machado: Record<Sight, readonly [Three, Three, Three]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

/** The smallest CIEDE2000 distance between two colours of the set as that eye sees them. */
export function closest(set: readonly string[], sight: Sight): number {
  const seen = set.map((hex) => lab(through(machado[sight], linear(hex)).map(clip) as unknown as Three))
  return Math.min(...seen.flatMap((one, i) => seen.slice(i + 1).map((other) => ciede2000(one, other))))
}

const clip = (value: number) => Math.min(1, Math.max(0, value))
const dot = (a: Three, b: Three) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
const through = (rows: readonly [Three, Three, Three], v: Three): Three => [
  dot(rows[0], v),
  dot(rows[1], v),
  dot(rows[2], v),
]

/** Linear sRGB → CIE Lab under D65. */
function lab(light: Three): Three {
  const [x, y, z] = through(
    [
      [0.4124564, 0.3575761, 0.1804375],
      [0.2126729, 0.7151522, 0.072175],
      [0.0193339, 0.119192, 0.9503041],
    ],
    light,
  )
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (t * 24389) / 27 / 116 + 16 / 116)
  const [fx, fy, fz] = [f(x / 0.95047), f(y), f(z / 1.08883)]
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)]
}

/** Sharma, Wu, Dalal 2005, with all three weights 1. */
export function ciede2000([l1, a1, b1]: Three, [l2, a2, b2]: Three): number {
  const meanC = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2
  const g = 0.5 * (1 - Math.sqrt(meanC ** 7 / (meanC ** 7 + 25 ** 7)))
  const [p1, p2] = [(1 + g) * a1, (1 + g) * a2]
  const [c1, c2] = [Math.hypot(p1, b1), Math.hypot(p2, b2)]
  const hue = (a: number, b: number) => (a === 0 && b === 0 ? 0 : (degrees(Math.atan2(b, a)) + 360) % 360)
  const [h1, h2] = [hue(p1, b1), hue(p2, b2)]
  const grey = c1 * c2 === 0
  const turn = grey ? 0 : ((h2 - h1 + 540) % 360) - 180
  const dh = 2 * Math.sqrt(c1 * c2) * Math.sin(radians(turn / 2))
  const far = Math.abs(h1 - h2) > 180
  const h = grey ? h1 + h2 : far ? (h1 + h2 + (h1 + h2 < 360 ? 360 : -360)) / 2 : (h1 + h2) / 2
  const [l, c] = [(l1 + l2) / 2, (c1 + c2) / 2]
  const cos = (angle: number) => Math.cos(radians(angle))
  const t = 1 - 0.17 * cos(h - 30) + 0.24 * cos(2 * h) + 0.32 * cos(3 * h + 6) - 0.2 * cos(4 * h - 63)
  const sl = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2)
  const sc = 1 + 0.045 * c
  const sh = 1 + 0.015 * c * t
  const rc = 2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7))
  const rt = -Math.sin(radians(60 * Math.exp(-(((h - 275) / 25) ** 2)))) * rc
  const [vl, vc, vh] = [(l2 - l1) / sl, (c2 - c1) / sc, dh / sh]
  return Math.sqrt(vl ** 2 + vc ** 2 + vh ** 2 + rt * vc * vh)
}

const degrees = (angle: number) => (angle * 180) / Math.PI
const radians = (angle: number) => (angle * Math.PI) / 180
