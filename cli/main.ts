#!/usr/bin/env node
import { requireNode24 } from '../server/platform/node-version.ts'

requireNode24()
const { run } = await import('./run.ts')
process.exitCode = await run(process.argv.slice(2))
// A command has said all it had to: open sockets of pools that are closing must not hold the shell.
if (process.argv[2] !== 'start') process.stdout.write('', () => process.exit())
