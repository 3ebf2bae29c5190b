type DatabaseStartCode =
  | 'unsupported_platform'
  | 'programs_missing'
  | 'no_os_user'
  | 'data_dir_unwritable'
  | 'data_dir_wrong_owner'
  | 'data_dir_unreachable'
  | 'data_dir_in_use'
  | 'not_a_cluster'
  | 'other_major'
  | 'directory_taken'
  | 'disk_full'
  | 'create_failed'
  | 'start_failed'
  | 'unsafe_setting'
  | 'crash_loop'

/**
 * The embedded database could not be started, or could not be kept running. `zh` and `en` each say what is
 * wrong, where, and what to do; nothing of the data has been touched.
 */
export class DatabaseStartError extends Error {
  readonly code: DatabaseStartCode
  readonly zh: string
  readonly en: string

  constructor(code: DatabaseStartCode, zh: string, en: string) {
    super(`${zh}\n${en}`)
    this.name = 'DatabaseStartError'
    this.code = code
    this.zh = zh
    this.en = en
  }
}

/** Turns a file error below `path` into the refusal a service manager can act on; anything else passes through. */
export function refusalOfFileError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(path)
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new DatabaseStartError(
      'data_dir_unwritable',
      `数据目录不可写：${path}（${code}）。请给当前用户写权限，或用 ZHIHUAN_DATA 指定另一个目录。`,
      `The data directory cannot be written: ${path} (${code}). Give this user write access, or name another directory with ZHIHUAN_DATA.`,
    )
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new DatabaseStartError(
      'data_dir_unwritable',
      `数据目录的路径上有一个不是目录的文件：${path}。请移走它，或用 ZHIHUAN_DATA 指定另一个目录。`,
      `Something that is not a directory is in the way of the data directory: ${path}. Move it, or name another directory with ZHIHUAN_DATA.`,
    )
  }
  return error
}

/** Whether what a program of PostgreSQL said comes of a full disk. */
export function speaksOfFullDisk(text: string): boolean {
  return /No space left on device|Check free disk space|Disk quota exceeded/.test(text)
}

export function diskFull(path: string): DatabaseStartError {
  return new DatabaseStartError(
    'disk_full',
    `磁盘已满，数据库无法启动：${path} 所在的磁盘没有可用空间。已有数据未受影响；请腾出至少 200 MB 后再启动。`,
    `The disk is full, the database cannot start: no space is left where ${path} lies. Nothing stored was harmed; free at least 200 MB and start again.`,
  )
}
