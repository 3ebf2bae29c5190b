const neededMajor = 24

/**
 * Ends the process with exit code 5 and a sentence in Chinese and English when Node is older than 24. Call it
 * first and load the rest with `import()` afterwards. Node before 22.18 cannot read this file at all: under npm
 * scripts and npx that never happens, because npm puts the Node that came with the packages first.
 */
export function requireNode24(): void {
  if (Number.parseInt(process.versions.node, 10) >= neededMajor) return
  process.stderr.write(
    `质环需要 Node.js ${neededMajor} 或更高版本，当前为 ${process.version}。请用 npm start 启动（它使用随附的 Node.js），或安装 Node.js ${neededMajor} LTS。\n` +
      `Zhihuan needs Node.js ${neededMajor} or newer, this is ${process.version}. Start it with npm start (which uses the Node.js that comes along), or install Node.js ${neededMajor} LTS.\n`,
  )
  process.exit(5)
}
