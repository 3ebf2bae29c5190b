export const DAY = 86_400_000

/** Epoch ms; NaN where there is none. */
export const ms = (text: string | null | undefined): number => (text ? Date.parse(text) : Number.NaN)
