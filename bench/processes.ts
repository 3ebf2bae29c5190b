import { readdirSync, readFileSync } from 'node:fs'

/** CPU seconds that a server and its living and ended children have used. */
export function serverCpuSeconds(serverPid: number): number {
  const ticks = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .reduce((sum, stat) => {
      if (!stat) return sum
      if (stat.pid === serverPid) return sum + stat.own + stat.ended
      return stat.parent === serverPid ? sum + stat.own : sum
    }, 0)
  return ticks / ticksPerSecond
}

/**
 * The most memory this process has had, in bytes. Of Linux its own word: what `resourceUsage` says of a forked process begins
 * with what its parent had at the fork.
 */
export function peakBytes(): number {
  try {
    const [, kilobytes] = /VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
    if (kilobytes) return Number(kilobytes) * 1024
  } catch {
    // there is no such file elsewhere
  }
  return process.resourceUsage().maxRSS * 1024
}

/** Fixed by the kernel's interface, whatever its own clock. */
const ticksPerSecond = 100

function statOf(pid: number): { pid: number; parent: number; own: number; ended: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const [, parent = 0] = fields
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15)
    return { pid, parent, own: user + system, ended: endedUser + endedSystem }
  } catch {
    return undefined // it ended between the listing and the reading
  }
}
