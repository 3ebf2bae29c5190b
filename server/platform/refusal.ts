/** An expected refusal: mapped once, at the edge, to an RFC 9457 answer in the reader's language. */
export class Refusal extends Error {
  readonly code: string
  readonly status: number
  readonly zh: string
  readonly en: string
  /** Further machine-readable members of the problem, e.g. {column: '工单编号'}. */
  readonly detail: Record<string, unknown>

  constructor(
    code: string,
    status: number,
    sentence: { zh: string; en: string },
    detail: Record<string, unknown> = {},
  ) {
    super(sentence.en)
    this.code = code
    this.status = status
    this.zh = sentence.zh
    this.en = sentence.en
    this.detail = detail
  }
}

export const notFound = () =>
  new Refusal('not_found', 404, { zh: '没有找到,或您无权查看。', en: 'Not found, or not yours to see.' })
