/** Where in the file the trouble is; line counts from 1. */
export interface Place {
  sheet?: string
  line?: number
  column?: string
}

/** The file cannot be read, and nothing of it was taken: what is wrong, where, and what to do, in both languages. */
export class FileRefusal extends Error {
  readonly code: string
  readonly status: 413 | 422
  readonly zh: string
  readonly en: string
  readonly place?: Place

  constructor(code: RefusalCode, detail: string | number = '', place?: Place) {
    const [status, zh, en] = sentences[code]
    const fill = (text: string) => text.replace('{}', () => String(detail))
    const message = `${placeInEnglish(place)}${fill(en)}`
    super(message)
    this.name = 'FileRefusal'
    this.code = code
    this.status = status
    this.zh = `${placeInChinese(place)}${fill(zh)}`
    this.en = message
    this.place = place
  }
}

export type RefusalCode = keyof typeof sentences

function placeInChinese(place: Place = {}): string {
  const parts = [
    place.sheet === undefined ? '' : `工作表“${clip(place.sheet)}”`,
    place.line === undefined ? '' : `第 ${place.line} 行`,
    place.column === undefined ? '' : `“${clip(place.column)}”列`,
  ].join('')
  return parts && `${parts}：`
}

function placeInEnglish(place: Place = {}): string {
  const parts = [
    place.sheet === undefined ? '' : `sheet "${clip(place.sheet)}"`,
    place.line === undefined ? '' : `line ${place.line}`,
    place.column === undefined ? '' : `column "${clip(place.column)}"`,
  ].filter(Boolean)
  return parts.length > 0 ? `${parts.join(', ')}: ` : ''
}

function clip(name: string): string {
  return name.length > 80 ? `${name.slice(0, 80)}…` : name
}

const sentences = {
  empty_file: [422, '文件是空的。请选择含有数据的文件。', 'the file is empty; choose a file that holds data'],
  no_rows: [
    422,
    '没有找到表头。请确认表格第一行是列名。',
    'no header row found; the first row should hold column names',
  ],
  no_such_row: [
    422,
    '没有第 {} 行，不能作为表头。请改正表头行号。',
    'there is no row {} to take as header; correct the header row',
  ],
  no_such_sheet: [
    422,
    '没有工作表“{}”。请从文件的工作表中选择。',
    'there is no sheet "{}"; choose one of the file',
  ],
  too_large: [
    413,
    '文件超过 {} MB。请拆分后分批导入，或另存为 CSV。',
    'the file is larger than {} MB; split it or save it as CSV',
  ],
  inflates_too_far: [
    413,
    '解压后超过 {} MB。请拆分后分批导入。',
    'the workbook unpacks to more than {} MB; split it',
  ],
  packed_too_tight: [
    413,
    '压缩比超过 {}，不像正常的表格。请用 Excel 另存后再导入。',
    'packed more than {} to 1, unlike any real workbook; save it anew with Excel',
  ],
  too_many_entries: [
    413,
    '压缩包内超过 {} 个文件，不像正常的表格。',
    'the archive holds more than {} entries, unlike any real workbook',
  ],
  too_many_rows: [413, '超过 {} 行。请拆分后分批导入。', 'more than {} rows; split the file'],
  too_many_columns: [
    413,
    '超过 {} 列。请删除多余的列，并检查分隔符。',
    'more than {} columns; remove surplus columns and check the delimiter',
  ],
  too_many_texts: [
    413,
    '不同的文本超过 {} 个。请拆分后分批导入。',
    'more than {} different texts; split the file',
  ],
  record_too_long: [
    413,
    '一条记录超过 {} 个字符。请检查此行的引号和换行。',
    'a record of more than {} characters; check the quotes and line ends there',
  ],
  unclosed_quote: [
    422,
    '引号没有闭合。请在此处补上引号 " 后再导入。',
    'a quote is never closed; add the missing " there',
  ],
  stray_quote: [
    422,
    '引号后面多出了内容。字段内的引号请写成两个 ""。',
    'text follows a closing quote; write a quote inside a field as two ""',
  ],
  not_in_encoding: [
    422,
    '不是有效的 {} 文本。请改选编码，或另存为 UTF-8。',
    'not valid {} text; choose another encoding or save the file as UTF-8',
  ],
  mixed_encodings: [
    422,
    '前后编码不一致（{}）。请统一另存为 UTF-8 后再导入。',
    'two encodings in one file ({}); save the whole file as UTF-8',
  ],
  unclear_encoding: [
    422,
    '无法确定文字编码。请在导入时指定编码，或另存为 UTF-8。',
    'cannot tell the encoding; name it, or save the file as UTF-8',
  ],
  unknown_encoding: [
    422,
    '不支持编码“{}”。请使用 utf-8、gb18030、utf-16le 等。',
    'unknown encoding "{}"; use utf-8, gb18030, utf-16le …',
  ],
  not_text: [
    422,
    '不是文本表格（含有二进制内容）。请另存为 .xlsx 或 UTF-8 的 .csv。',
    'not a text table (binary content); save it as .xlsx or as .csv in UTF-8',
  ],
  encrypted: [422, '文件已加密。请取消打开密码后再导入。', 'the file is encrypted; remove its password'],
  has_macros: [
    422,
    '文件含有宏。请另存为不含宏的 .xlsx 后再导入。',
    'the workbook carries macros; save it as .xlsx without macros',
  ],
  old_workbook: [
    422,
    '这是旧版 .xls 文件。请用 Excel 另存为 .xlsx。',
    'this is an old .xls workbook; save it as .xlsx',
  ],
  binary_workbook: [
    422,
    '这是二进制 .xlsb 文件。请用 Excel 另存为 .xlsx。',
    'this is a binary .xlsb workbook; save it as .xlsx',
  ],
  web_page: [
    422,
    '这其实是网页（HTML）文件。请用 Excel 打开后另存为 .xlsx。',
    'this is in fact a web page (HTML); open it in Excel and save it as .xlsx',
  ],
  xml_file: [
    422,
    '这其实是 XML 文件。请用 Excel 打开后另存为 .xlsx。',
    'this is in fact an XML file; open it in Excel and save it as .xlsx',
  ],
  open_document: [
    422,
    '这是 .ods 文件。请另存为 .xlsx 或 .csv。',
    'this is an OpenDocument file; save it as .xlsx or .csv',
  ],
  not_a_workbook: [
    422,
    '压缩包里没有工作簿。请选择 Excel 的 .xlsx 文件。',
    'the archive holds no workbook; choose an .xlsx file',
  ],
  pdf: [422, '这是 PDF 文件。请导入 .xlsx 或 .csv。', 'this is a PDF file; import .xlsx or .csv'],
  text_named_workbook: [
    422,
    '内容是文本而不是工作簿。请把扩展名改为 .csv 后再导入。',
    'the content is text, not a workbook; rename the file to .csv',
  ],
  workbook_named_text: [
    422,
    '内容是 Excel 工作簿而不是文本。请把扩展名改为 .xlsx 后再导入。',
    'the content is an Excel workbook, not text; rename the file to .xlsx',
  ],
  damaged_archive: [
    422,
    '文件已损坏（{}）。请用 Excel 打开并另存后再导入。',
    'the file is damaged ({}); open it in Excel and save it anew',
  ],
  unsafe_entry: [
    422,
    '压缩包内有不安全的文件名“{}”。请用 Excel 另存后再导入。',
    'unsafe entry "{}" in the archive; save the workbook anew with Excel',
  ],
  overlapping_entries: [
    422,
    '压缩包内的文件相互重叠（{}）。请用 Excel 另存后再导入。',
    'entries of the archive overlap ({}); save the workbook anew with Excel',
  ],
  missing_part: [
    422,
    '工作簿缺少“{}”。请用 Excel 打开并另存后再导入。',
    'the workbook lacks "{}"; open it in Excel and save it anew',
  ],
  doctype: [
    422,
    '“{}”含有 DOCTYPE 或实体定义，不予读取。请用 Excel 另存后再导入。',
    '"{}" declares a DOCTYPE or entities and is not read; save the workbook anew with Excel',
  ],
  damaged_part: [
    422,
    '工作簿内部已损坏（{}）。请用 Excel 打开并另存后再导入。',
    'a part of the workbook is damaged ({}); open it in Excel and save it anew',
  ],
  foreign_part: [
    422,
    '“{}”不是 Excel 表格的格式。请用 Excel 另存后再导入。',
    '"{}" is not in the format of an Excel workbook; save it anew with Excel',
  ],
  no_such_text: [
    422,
    '引用了不存在的共享文本 {}。请用 Excel 打开并另存后再导入。',
    'points to a shared text that does not exist ({}); open the file in Excel and save it anew',
  ],
} as const satisfies Record<string, readonly [413 | 422, string, string]>
