import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { threadMemory } from '../server/imports.ts'
import { peakBytes } from './processes.ts'

/** What a job in a process of its own took: wall and CPU time of the job itself, memory of the whole process. */
export interface Apart {
  wallMs: number
  cpuSeconds: number
  peakBytes: number
}

/** Runs one of the jobs beside this file in a process of its own, so that its peak memory is its own. */
export function runApart(job: 'import-job' | 'rebuild-job', given: unknown): Promise<Apart> {
  const child = fork(fileURLToPath(new URL(`${job}.ts`, import.meta.url)), [JSON.stringify(given)], {
    execArgv: job === 'import-job' ? threadFlags : [],
  })
  return new Promise((resolve, reject) => {
    let result: Apart | undefined
    child.once('message', (message) => {
      result = message as Apart
    })
    child.once('error', reject)
    child.once('exit', (code) =>
      result && code === 0 ? resolve(result) : reject(new Error(`${job} ended with ${code}`)),
    )
  })
}

/** The product imports in a thread with these limits; its young generation is three such spaces. */
const threadFlags = [
  `--max-old-space-size=${threadMemory.maxOldGenerationSizeMb}`,
  `--max-semi-space-size=${threadMemory.maxYoungGenerationSizeMb / 3}`,
]

/** In the job's process: times the work and tells the parent. */
export async function reportApart(work: () => Promise<unknown>): Promise<void> {
  const cpu = process.cpuUsage()
  const start = performance.now()
  await work()
  const wallMs = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  process.send?.({
    wallMs,
    cpuSeconds: (user + system) / 1e6,
    peakBytes: peakBytes(),
  } satisfies Apart)
}
